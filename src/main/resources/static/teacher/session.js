import { Poll } from './poll.js';

const ASK_EVERY_MS = 15_000;

/**
 * The login of this browser: who is logged in, the button to log out, and a message when the login has ended. Only this
 * server's own refusal counts as the end of a login.
 */
export class Session {
  #app;
  #poll;
  /** {name, canLogOut}; null before the first answer. */
  #known = null;

  constructor(app) {
    this.#app = app;
    this.#poll = new Poll({
      request: () => app.api.session(),
      taken: (session) => {
        this.#known = session;
      },
      changed: () => this.draw(),
      pause: () => ASK_EVERY_MS
    });
    window.addEventListener('rollcall-unauthorized', () => this.#doubt());
    window.addEventListener('hashchange', () => this.draw());
    this.#poll.now();
  }

  draw() {
    const { language } = this.#app;
    const canLogOut = this.#known?.canLogOut === true && !this.#hasEnded;
    const user = document.querySelector('[data-user]');
    user.parentElement.hidden = !canLogOut;
    user.textContent = canLogOut ? this.#known.name : '';
    document.body.classList.toggle('login-ended', this.#hasEnded);
    const notice = document.querySelector('[data-login-ended]');
    notice.querySelector('[data-what]').textContent = this.#hasEnded ? language.text('session.ended') : '';
    const link = notice.querySelector('a');
    link.textContent = language.text('session.again');
    // The login page keeps the part after "#" and so leads back to the same roll.
    link.href = `login${window.location.hash}`;
  }

  get #hasEnded() {
    return this.#poll.trouble?.problem.type === 'unauthorized';
  }

  /** Another request was refused: asks whether the login has ended. */
  #doubt() {
    if (!this.#hasEnded) {
      this.#poll.now();
    }
  }
}
