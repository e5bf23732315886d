import { View } from './view.js';

/** Makes an address that shows the roll on a computer without the teacher's login, and closes such addresses. */
export class OtherScreen {
  #view;
  #dialog;
  /** The address that was made last: {url, token}; null for none. */
  #made = null;
  #isClosed = false;
  #isAsking = false;
  #problem = null;

  constructor(view, classId) {
    this.#view = view;
    this.#dialog = View.copy('other-screen', view.language);
    view.root.append(this.#dialog);
    view.find('other-screen').addEventListener('click', () => this.#dialog.showModal());
    this.#hook('made-done').addEventListener('click', () => this.#dialog.close());
    this.#hook('make').addEventListener('click', () => this.#ask(async ({ api }) => {
      this.#made = await api.makeProjector(classId);
      this.#isClosed = false;
    }));
    this.#hook('revoke').addEventListener('click', () => this.#ask(async ({ api }) => {
      await api.closeProjectors(classId);
      this.#made = null;
      this.#isClosed = true;
    }));
    this.#draw();
  }

  #draw() {
    const { language } = this.#view;
    this.#text('made-text', this.#made ? language.text('otherScreen.address')
      : this.#isClosed ? language.text('otherScreen.revoked') : '');
    this.#hook('made-address').replaceChildren(...(this.#made ? this.#address() : []));
    this.#text('make', language.text(this.#made ? 'otherScreen.again' : 'otherScreen.make'));
    this.#text('made-trouble', this.#problem ? this.#view.explain(this.#problem) : '');
  }

  /** The address in the network that the teacher chose for phones; the letters in groups that are easy to copy by hand. */
  #address() {
    const { url, token } = this.#made;
    const { used } = this.#view.app.phones;
    const path = new URL(url).pathname.slice(1);
    const start = (used?.url ?? url.slice(0, -path.length)) + path.slice(0, -token.length);
    return [start, ...token.match(/.{1,4}/g).map((group) => Object.assign(document.createElement('b'), { textContent: group }))];
  }

  async #ask(request) {
    if (this.#isAsking) {
      return;
    }
    this.#isAsking = true;
    this.#problem = await request(this.#view.app).then(() => null, (problem) => problem);
    this.#isAsking = false;
    this.#draw();
  }

  #text(name, text) {
    this.#hook(name).textContent = text;
  }

  #hook(name) {
    return this.#dialog.querySelector(`[data-${name}]`);
  }
}
