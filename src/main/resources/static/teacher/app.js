import { HomeView } from './home-view.js';
import { Language } from './language.js';
import { MessageView } from './message-view.js';
import { ProjectorView } from './projector-view.js';
import { RollApi } from './roll-api.js';
import { RollView } from './roll-view.js';
import { SheetView } from './sheet-view.js';

const ADDRESS = /^#(?<classId>[1-9][0-9]{0,15})(?:\/(?:(?<projector>projector)|sheet\/(?<rollId>[0-9a-f-]{36})))?$/;

/** Shows the view that the address names: #42 a roll, #42/projector its projector view, #42/sheet/<rollId> its sheet. */
class App {
  #view = null;
  /** Counts the changes of the address. A view that is loaded for an older address is not shown. */
  #turn = 0;

  async start() {
    await this.#setLanguage(Language.preferred());
    this.#offerLanguages();
    window.addEventListener('hashchange', () => this.#route());
    await this.#route();
  }

  /** Shows the view of an address, such as #42, also if it is the present address. */
  go(address) {
    if (window.location.hash === address) {
      this.again();
    } else {
      window.location.hash = address;
    }
  }

  again() {
    this.#route();
  }

  show(view) {
    this.#view?.closed();
    this.#view = view;
    document.querySelector('[data-view]').replaceChildren(view.root);
    document.title = `${view.title} – rollcall`;
    view.shown();
  }

  shows(view) {
    return this.#view === view;
  }

  /** Puts the sheet's address into the history, so that a reload shows it again while the server keeps it. */
  showSheet(sheet) {
    window.history.replaceState(null, '', `#${sheet.classId}/sheet/${sheet.rollId}`);
    this.show(new SheetView(this, sheet));
  }

  announce(text) {
    document.querySelector('[data-announcer]').textContent = text;
  }

  async #route() {
    const turn = ++this.#turn;
    const { classId, projector, rollId } = ADDRESS.exec(window.location.hash)?.groups ?? {};
    if (!classId) {
      this.show(new HomeView(this));
    } else if (projector) {
      this.show(new ProjectorView(this, classId));
    } else {
      const view = await this.#viewOf(Number(classId), rollId);
      if (turn === this.#turn) {
        this.show(view);
      } else {
        view.closed();
      }
    }
  }

  async #viewOf(classId, rollId) {
    try {
      const roll = await this.api.read(classId);
      if (rollId && roll?.rollId !== rollId) {
        return new SheetView(this, await this.api.end(classId, rollId));
      }
      return roll ? new RollView(this, roll) : new HomeView(this, classId);
    } catch (problem) {
      const lost = rollId && (problem.status === 404 || problem.status === 412);
      return new MessageView(this, lost ? this.language.text('sheet.lost') : problem);
    }
  }

  async #setLanguage(tag) {
    this.language = await Language.load(tag);
    this.api = new RollApi(tag);
    document.documentElement.lang = tag;
    document.querySelector('[data-bar] [data-text="language"]').textContent = this.language.text('language');
  }

  #offerLanguages() {
    const select = document.querySelector('[data-languages]');
    const names = { 'pt-BR': 'Português', en: 'English', es: 'Español' };
    select.append(...Language.TAGS.map((tag) => new Option(names[tag], tag, false, tag === this.language.tag)));
    select.addEventListener('change', async () => {
      Language.remember(select.value);
      await this.#setLanguage(select.value);
      this.show(this.#view.translated());
      select.focus();
    });
  }
}

new App().start();
