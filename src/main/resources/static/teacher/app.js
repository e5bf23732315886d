import { HomeView } from './home-view.js';
import { Language } from './language.js';
import { Leaving } from './leaving.js';
import { PhoneAddress } from './phone-address.js';
import { ProjectorView } from './projector-view.js';
import { RollApi } from './roll-api.js';
import { RollView } from './roll-view.js';
import { Rosters } from './rosters.js';
import { ScannerView } from './scanner-view.js';
import { Session } from './session.js';
import { SheetGoneView } from './sheet-gone-view.js';
import { SheetView } from './sheet-view.js';
import { WaitingView } from './waiting-view.js';

const ADDRESS = /^#(?<classId>[1-9][0-9]{0,15})(?:\/(?:(?<projector>projector)|(?<scanner>scanner)|sheet\/(?<rollId>[0-9a-f-]{36})))?$/;

/**
 * Shows the view that the address names: #42 a roll, #42/projector its projector view, #42/scanner its scanner,
 * #42/sheet/<rollId> its sheet.
 */
class App {
  /** The present view. */
  view = null;

  rosters = new Rosters();

  #leaving = new Leaving(this);

  async start() {
    this.#use(await Language.load(Language.preferred()));
    this.phones = new PhoneAddress(this);
    this.session = new Session(this);
    this.#offerLanguages();
    window.addEventListener('hashchange', () => this.#leaving.ask(() => this.#route()));
    this.#route();
    // boot.js stops its notice.
    document.documentElement.dataset.started = '';
  }

  /** Shows the view of an address, such as #42, also if it is the present address. */
  go(address) {
    if (window.location.hash === address) {
      this.#route();
    } else {
      window.location.hash = address;
    }
  }

  show(view) {
    this.view?.closed();
    this.view = view;
    document.querySelector('[data-view]').replaceChildren(view.root);
    this.showTitle(view);
    view.shown();
  }

  shows(view) {
    return this.view === view;
  }

  showTitle(view) {
    const title = `${view.title} – rollcall`;
    if (this.shows(view) && document.title !== title) {
      document.title = title;
    }
  }

  /** Puts the sheet's address into the history, so that a reload shows it again while the server keeps it. */
  showSheet(sheet) {
    window.history.replaceState(null, '', `#${sheet.classId}/sheet/${sheet.rollId}`);
    this.#leaving.arrived();
    this.show(new SheetView(this, sheet));
  }

  announce(text) {
    document.querySelector('[data-announcer]').textContent = text;
  }

  #route() {
    this.#leaving.arrived();
    const { classId, projector, scanner, rollId } = ADDRESS.exec(window.location.hash)?.groups ?? {};
    if (!classId) {
      this.show(new HomeView(this));
    } else if (projector) {
      this.show(new ProjectorView(this, classId));
    } else if (scanner) {
      this.show(new ScannerView(this, classId));
    } else {
      const title = (language) => language.text(rollId ? 'sheet.title' : 'roll.title', { class: classId });
      this.show(new WaitingView(this, title, () => this.#read(Number(classId), rollId)));
    }
  }

  /** Reads what an address names, and returns a function that makes its view. */
  async #read(classId, rollId) {
    const sheet = rollId ? await this.api.sheet(rollId) : null;
    if (sheet) {
      return () => new SheetView(this, sheet);
    }
    const roll = await this.api.read(classId);
    if (rollId && roll?.rollId !== rollId) {
      return () => new SheetGoneView(this, classId);
    }
    if (roll) {
      return () => new RollView(this, roll);
    }
    const sheets = await this.api.sheets();
    return () => new HomeView(this, classId, sheets);
  }

  #showLanguageTrouble(trouble) {
    document.querySelector('[data-language-trouble]').textContent = this.view.tryingAgain(trouble);
  }

  #use(language) {
    this.language = language;
    this.api = new RollApi(language.tag);
    document.documentElement.lang = language.tag;
    for (const element of document.querySelectorAll('[data-bar] [data-text]')) {
      element.textContent = language.text(element.dataset.text);
    }
    this.session?.draw();
  }

  #offerLanguages() {
    const select = document.querySelector('[data-languages]');
    const names = { 'pt-BR': 'Português', en: 'English', es: 'Español' };
    select.append(...Language.TAGS.map((tag) => new Option(names[tag], tag, false, tag === this.language.tag)));
    select.addEventListener('change', async () => {
      const tag = select.value;
      // Safari does not do this by itself.
      select.focus();
      Language.remember(tag);
      const language = await Language.load(tag, (trouble) => select.value === tag && this.#showLanguageTrouble(trouble));
      if (select.value === tag) {
        // Who types meanwhile keeps the focus in the view.
        const hasFocus = document.activeElement === select;
        this.#use(language);
        this.show(this.view.translated());
        if (hasFocus) {
          select.focus();
        }
      }
    });
  }
}

// boot.js loads the page again until this runs.
document.documentElement.dataset.modules = '';
new App().start();
