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
    const { presences, absences = [] } = sheet;
    this.find('students').append(...presences.map((student, index) => this.#line(student, this.language.number(index + 1))));
    this.find('absences').append(...absences.map((student) => this.#line({ ...student, counts: false }, '')));
    this.find('absent-title').hidden = absences.length === 0;
    this.find('csv').addEventListener('click', () => this.#download());
    this.find('print').addEventListener('click', () => window.print());
    this.root.addEventListener('copy', () => this.#copied());
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
    if (this.#all.length === 0 || SheetView.#done.has(this.#sheet.rollId)) {
      return null;
    }
    return { title: this.language.text('leaving.sheet.title'), what: this.#lossText() };
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
    this.find('nobody').hidden = this.#all.length > 0;
  }

  get #keptUntil() {
    return this.#kept?.find(({ rollId }) => rollId === this.#sheet.rollId)?.keptUntil ?? null;
  }

  get #all() {
    return [...this.#sheet.presences, ...this.#sheet.absences ?? []];
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

  #lossText() {
    if (this.#keptUntil) {
      return this.language.text('leaving.sheet.kept', { time: this.language.moment(this.#keptUntil) });
    }
    return this.language.text(this.#kept || this.#sheet.gone ? 'leaving.sheet.onlyHere' : 'leaving.sheet.notSaved');
  }

  #line(student, place) {
    const line = document.createElement('li');
    for (const [part, text] of [['place', place], ['id', student.studentId], ['status', this.language.status(student)],
      ['at', this.language.time(student.at)]]) {
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

  /** A copied list counts as saved if it was copied whole, from the first line to the last. */
  #copied() {
    const lines = [...this.root.querySelectorAll('.students li')];
    const selection = window.getSelection();
    if ([lines[0], lines[lines.length - 1]].every((line) => line && selection.containsNode(line, true))) {
      this.#saved();
    }
  }

  #saved = () => {
    this.leave();
    this.repaint();
  };
}
