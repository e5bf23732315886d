import { Poll } from './poll.js';
import { SheetCsv } from './sheet-csv.js';
import { View } from './view.js';

const LIST_EVERY_MS = 15_000;

/** The sheet of an ended roll, with buttons to download and to print it. It needs nothing more from the server. */
export class SheetView extends View {
  /** The ids of the rolls whose sheets were downloaded, printed, copied or left knowingly. */
  static #done = new Set();

  #sheet;
  /** The sheets that the server keeps, null if they are not known yet. */
  #kept = null;
  #poll;

  /** @param sheet as the server gives it; or what this page has seen of it: {gone: true, unseen} */
  constructor(app, sheet) {
    super(app, 'sheet');
    this.#sheet = sheet;
    this.find('students').append(...sheet.presences.map((presence) => this.#line(presence)));
    this.find('csv').addEventListener('click', () => this.#download());
    this.find('print').addEventListener('click', () => window.print());
    this.find('students').addEventListener('copy', () => this.#copied());
    window.addEventListener('afterprint', this.#saved);
    this.#poll = new Poll({
      request: () => app.api.sheets(),
      taken: (sheets) => (this.#kept = sheets),
      changed: this.repaint,
      pause: () => LIST_EVERY_MS
    });
    this.#poll.now();
  }

  get title() {
    return this.language.text('sheet.title', { class: this.#sheet.classId });
  }

  get loss() {
    if (this.#sheet.presences.length === 0 || SheetView.#done.has(this.#sheet.rollId)) {
      return null;
    }
    const kept = this.#keptUntil;
    const what = kept ? this.language.text('leaving.sheet.kept', { time: this.language.moment(kept) })
      : this.language.text('leaving.sheet.onlyHere');
    return { title: this.language.text('leaving.sheet.title'), what };
  }

  leave() {
    SheetView.#done.add(this.#sheet.rollId);
  }

  translated() {
    return new SheetView(this.app, this.#sheet);
  }

  closed() {
    super.closed();
    this.#poll.stop();
    window.removeEventListener('afterprint', this.#saved);
  }

  draw() {
    const { presences, startedAt, endedAt } = this.#sheet;
    const unknown = this.language.text('sheet.unknown');
    this.text('title', this.title);
    this.text('notice', this.#notice());
    this.find('notice').classList.toggle('calm', this.loss === null);
    this.text('count', this.language.number(presences.length));
    this.text('start', this.language.dateTime(startedAt));
    this.text('ended', endedAt ? this.language.dateTime(endedAt) : unknown);
    this.text('duration', endedAt ? this.language.duration(Date.parse(endedAt) - Date.parse(startedAt)) : unknown);
    this.find('nobody').hidden = presences.length > 0;
  }

  get #keptUntil() {
    return this.#kept?.find(({ rollId }) => rollId === this.#sheet.rollId)?.keptUntil ?? null;
  }

  #notice() {
    const { gone, unseen } = this.#sheet;
    if (gone) {
      const incomplete = unseen > 0 ? ` ${this.language.text('sheet.incomplete', { count: this.language.number(unseen) })}` : '';
      return this.language.text('sheet.gone') + incomplete;
    }
    if (this.#keptUntil) {
      return this.language.text(this.loss ? 'sheet.saveIt' : 'sheet.kept', { time: this.language.moment(this.#keptUntil) });
    }
    return this.#kept ? this.language.text('sheet.deleted') : this.tryingAgain(this.#poll.trouble);
  }

  #line({ seq, studentId, at }) {
    const line = document.createElement('li');
    for (const [part, text] of [['seq', this.language.number(seq)], ['id', studentId], ['at', this.language.time(at)]]) {
      line.append(Object.assign(document.createElement('span'), { className: part, textContent: text }), ' ');
    }
    return line;
  }

  #download() {
    const csv = new SheetCsv(this.#sheet);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([csv.text], { type: 'text/csv;charset=utf-8' }));
    link.download = csv.fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 0);
    this.#saved();
  }

  /** A copied list counts as saved if it was copied whole. */
  #copied() {
    const { firstElementChild, lastElementChild } = this.find('students');
    const selection = window.getSelection();
    if ([firstElementChild, lastElementChild].every((line) => selection.containsNode(line, true))) {
      this.#saved();
    }
  }

  #saved = () => {
    this.leave();
    this.repaint();
  };
}
