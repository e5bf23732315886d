import { LinkList } from './link-list.js';
import { Poll } from './poll.js';
import { StartForm } from './start-form.js';
import { View } from './view.js';

const LIST_EVERY_MS = 5_000;
const SHEETS_AT_FIRST = 5;

/** The form that opens a roll, the open rolls, and the sheets that the server keeps; those of the class first, if one is given. */
export class HomeView extends View {
  #classId;
  #rolls = null;
  #sheets;
  #showAll = false;
  #form;
  #poll;
  #lists;

  /**
   * @param classId the class whose roll was asked for and is not open, null for none
   * @param sheets the sheets that the server keeps, null if they are not known yet
   */
  constructor(app, classId = null, sheets = null, typed = { class: classId ?? '' }) {
    super(app, 'home');
    this.#classId = classId;
    this.#sheets = sheets;
    this.#form = new StartForm(this, typed);
    this.#lists = {
      rolls: new LinkList(this.find('open-rolls'), 'open-roll', this.language),
      own: new LinkList(this.find('class-sheets'), 'sheet-line', this.language),
      others: new LinkList(this.find('sheets'), 'sheet-line', this.language)
    };
    this.find('all').addEventListener('click', () => {
      this.#showAll = true;
      this.draw();
      this.find('sheets').querySelectorAll('a')[SHEETS_AT_FIRST]?.focus();
    });
    this.#poll = new Poll({
      request: async () => ({ rolls: await app.api.openRolls(), sheets: await app.api.sheets() }),
      taken: ({ rolls, sheets: kept }) => {
        this.#rolls = rolls;
        this.#sheets = kept;
      },
      changed: this.repaint,
      pause: () => LIST_EVERY_MS
    });
    this.#poll.now();
  }

  translated() {
    return new HomeView(this.app, this.#classId, this.#sheets, this.#form.typed);
  }

  shown() {
    this.draw();
    if (this.find('class-part').hidden) {
      this.#form.focus();
    } else {
      this.find('class-title').focus();
    }
  }

  closed() {
    super.closed();
    this.#poll.stop();
    this.#form.stop();
  }

  draw() {
    this.#form.draw();
    this.#lists.rolls.show((this.#rolls ?? []).map((roll) => this.#roll(roll)));
    this.text('no-rolls', this.#rolls?.length > 0 ? '' : this.language.text(this.#rolls ? 'openRolls.none' : 'waiting.reading'));
    this.text('list-problem', this.tryingAgain(this.#poll.trouble));
    this.#drawSheets(this.#sheets ?? []);
  }

  #drawSheets(sheets) {
    const own = sheets.filter((sheet) => sheet.classId === this.#classId);
    const others = sheets.filter((sheet) => sheet.classId !== this.#classId);
    this.find('class-part').hidden = own.length === 0;
    this.text('class-title', this.language.text('sheets.ofClass', { class: this.#classId }));
    this.#lists.own.show(own.map((sheet) => this.#sheet(sheet, this.language.dateTime(sheet.startedAt))));
    this.text('class-none', this.#classId && this.#sheets && own.length === 0
      ? this.language.text('sheets.noneOfClass', { class: this.#classId }) : '');
    this.find('sheets-part').hidden = others.length === 0;
    this.#lists.others.show((this.#showAll ? others : others.slice(0, SHEETS_AT_FIRST)).map((sheet) => this.#sheet(sheet)));
    this.find('all').hidden = this.#showAll || others.length <= SHEETS_AT_FIRST;
    this.text('all', this.language.text('sheets.all', { count: this.language.number(others.length) }));
  }

  #roll({ classId, startedAt, present }) {
    return {
      href: `#${classId}`,
      texts: {
        class: this.language.text('openRolls.line', { class: classId }),
        when: this.language.text('openRolls.since', { time: this.language.moment(startedAt) }),
        count: this.language.count('count', present)
      }
    };
  }

  /** @param start the time of the start in words, if the class need not be named */
  #sheet({ classId, rollId, startedAt, present, taken, keptUntil }, start = '') {
    return {
      href: `#${classId}/sheet/${rollId}`,
      texts: {
        class: start || this.language.text('openRolls.line', { class: classId }),
        when: start ? '' : this.language.moment(startedAt),
        count: this.language.count('count', present),
        taken: this.language.text(taken ? 'sheets.taken' : 'sheets.waiting'),
        kept: this.language.text('sheets.kept', { time: this.language.moment(keptUntil) })
      }
    };
  }
}
