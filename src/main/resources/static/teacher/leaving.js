/** Warns before the teacher leaves a view that would lose something: on closing the page, and on going to another view. */
export class Leaving {
  #app;
  #address = window.location.hash;
  #dialog = document.querySelector('[data-leaving]');

  constructor(app) {
    this.#app = app;
    window.addEventListener('beforeunload', (event) => {
      if (app.view?.loss) {
        event.preventDefault();
        // Browsers before 2023 need this to ask.
        event.returnValue = '';
      }
    });
    // The browser would open a dropped file in place of the page.
    for (const type of ['dragover', 'drop']) {
      window.addEventListener(type, (event) => event.dataTransfer.types.includes('Files') && event.preventDefault());
    }
  }

  /** Remembers the address of the present view. A question about another view has no use any more. */
  arrived() {
    this.#dialog.close();
    this.#address = window.location.hash;
  }

  /** Calls go at once if nothing would be lost. Otherwise stays at the present address, and asks the teacher. */
  ask(go) {
    const { view, language } = this.#app;
    const loss = view?.loss;
    if (!loss) {
      go();
      return;
    }
    const wanted = window.location.hash;
    window.history.pushState(null, '', this.#address);
    for (const [hook, text] of [['title', loss.title], ['what', loss.what],
      ['stay', language.text('leaving.stay')], ['leave', language.text('leaving.leave')]]) {
      this.#dialog.querySelector(`[data-${hook}]`).textContent = text;
    }
    this.#dialog.querySelector('[data-stay]').onclick = () => this.#dialog.close();
    this.#dialog.querySelector('[data-leave]').onclick = () => {
      this.#dialog.close();
      view.leave();
      this.#app.go(wanted || '#');
    };
    this.#dialog.showModal();
  }
}
