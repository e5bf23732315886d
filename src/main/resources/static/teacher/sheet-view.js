import { MoodleDialog } from './moodle-dialog.js';
import { NamesButton } from './names-button.js';
import { Poll } from './poll.js';
import { RosterDialog } from './roster-dialog.js';
import { SheetCollecting } from './sheet-collecting.js';
import { SheetFiles } from './sheet-files.js';
import { SheetStudents } from './sheet-students.js';
import { SheetTable } from './sheet-table.js';
import { View } from './view.js';

const LIST_EVERY_MS = 15_000;

/** The sheet of an ended roll, in the forms in which it can be handed in. It needs nothing more from the server. */
export class SheetView extends View {
  /** The ids of the rolls whose sheets were downloaded, printed, copied or left knowingly. */
  static #done = new Set();

  #sheet;
  #files;
  /** The Roster of the class, null if there is none. */
  #roster;
  #students;
  #rosterDialog;
  #names;
  #order;
  /** The text about the last copy. */
  #copied = '';
  /** The sheets that the server keeps, null if they are not known yet. */
  #kept = null;
  #poll;
  #collecting;

  /** @param sheet as the server gives it; or what this page has seen of it: {gone: true, unseen} */
  constructor(app, sheet, order = 'arrival') {
    super(app, 'sheet');
    this.#sheet = sheet;
    this.#files = new SheetFiles(sheet, this.language);
    this.#order = order;
    this.#rosterDialog = new RosterDialog(this, sheet.classId);
    this.#names = new NamesButton(this, sheet.classId);
    this.#listen();
    this.#takeRoster();
    app.rosters.addEventListener('change', this.#takeRoster);
    this.#poll = new Poll({
      request: () => app.api.sheets(),
      taken: (sheets) => (this.#kept = sheets),
      changed: this.repaint,
      pause: () => LIST_EVERY_MS
    });
    this.#poll.now();
    this.#collecting = new SheetCollecting(this, sheet, this.#poll.now);
  }

  get title() {
    return this.language.text('sheet.title', { class: this.#sheet.classId });
  }

  get loss() {
    if (this.#isEmpty || SheetView.#done.has(this.#sheet.rollId)) {
      return null;
    }
    return { title: this.language.text('leaving.sheet.title'), what: this.#lossText() };
  }

  leave() {
    SheetView.#done.add(this.#sheet.rollId);
  }

  translated() {
    return new SheetView(this.app, this.#sheet, this.#order);
  }

  closed() {
    super.closed();
    this.#poll.stop();
    this.#collecting.stop();
    this.#rosterDialog.close();
    this.app.rosters.removeEventListener('change', this.#takeRoster);
    window.removeEventListener('afterprint', this.#saved);
  }

  draw() {
    const { startedAt, endedAt } = this.#sheet;
    const unknown = this.language.text('sheet.unknown');
    this.text('title', this.title);
    this.text('notice', this.#notice());
    this.find('notice').classList.toggle('calm', this.loss === null);
    this.text('start', this.language.dateTime(startedAt));
    this.text('ended', endedAt ? this.language.dateTime(endedAt) : unknown);
    this.text('duration', endedAt ? this.language.duration(Date.parse(endedAt) - Date.parse(startedAt)) : unknown);
    this.text('zone', this.language.zone(startedAt));
    this.text('after-end', this.#ownEntry?.refusedAfterEnd ? this.language.count('sheet.afterEnd', this.#ownEntry.refusedAfterEnd) : '');
    this.text('copied', this.#copied);
    this.#drawTotals();
    this.#collecting.draw(this.#ownEntry);
  }

  #drawTotals() {
    this.text('count', this.language.number(this.#students.present.length));
    for (const [status, count] of Object.entries(this.#students.totals)) {
      this.text(status, this.language.number(count));
      this.find(status).parentElement.hidden = count === 0;
    }
  }

  #listen() {
    this.find('excel').addEventListener('click', () => this.#excel());
    this.find('csv').addEventListener('click', () => this.#saved(this.#files.csv()));
    this.find('copy').addEventListener('click', () => this.#copy());
    this.find('print').addEventListener('click', () => window.print());
    this.find('roster-open').addEventListener('click', () => this.#rosterDialog.open());
    new MoodleDialog(this, (letters) => this.#saved(this.#files.moodle(this.#students, letters)));
    for (const button of this.#orderButtons) {
      button.addEventListener('click', () => this.#orderBy(button.dataset.order));
    }
    this.root.addEventListener('copy', () => this.#selectionCopied());
    window.addEventListener('afterprint', this.#saved);
  }

  #takeRoster = () => {
    this.#roster = this.app.rosters.of(this.#sheet.classId);
    this.#students = new SheetStudents(this.#sheet, this.#roster, this.language.tag);
    this.#rosterDialog.draw();
    this.#names.draw();
    this.find('by-surname').hidden = !this.#hasNames;
    this.text('by-surname', this.language.text(this.#roster?.hasSurnames ? 'roster.bySurname' : 'roster.byName'));
    this.#orderBy(this.#order === 'surname' && !this.#hasNames ? 'arrival' : this.#order);
  };

  #orderBy(order) {
    this.#order = order;
    for (const button of this.#orderButtons) {
      button.setAttribute('aria-pressed', button.dataset.order === order);
    }
    const { present, absent } = this.#lists;
    this.#showList('students', present, true);
    this.#showList('absences', absent, false);
    this.find('nobody').hidden = present.length + absent.length > 0;
    this.repaint();
  }

  #showList(hook, rows, hasPlaces) {
    const table = this.find(hook).parentElement;
    const { startedAt } = this.#sheet;
    const date = (instant) => new Date(instant).toDateString();
    table.parentElement.hidden = rows.length === 0;
    new SheetTable(this.language, hasPlaces, this.#hasNames && !this.app.rosters.namesHidden).show(table, rows,
      `${this.title}, ${this.language.dateTime(startedAt)}`,
      (at) => (date(at) === date(startedAt) ? this.language.time(at) : this.language.dateTime(at)));
  }

  get #hasNames() {
    return this.#roster?.hasNames === true;
  }

  get #orderButtons() {
    return this.root.querySelectorAll('[data-order]');
  }

  get #lists() {
    return this.#students.ordered(this.#order);
  }

  get #isEmpty() {
    const { presences, absences = [] } = this.#sheet;
    return presences.length + absences.length === 0;
  }

  /** The entry of this sheet in the server's list. */
  get #ownEntry() {
    return this.#kept?.find(({ rollId }) => rollId === this.#sheet.rollId);
  }

  get #keptUntil() {
    return this.#ownEntry?.keptUntil ?? null;
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

  async #excel() {
    const { startedAt } = this.#sheet;
    await this.#files.excel(this.#lists, this.#hasNames,
      `${this.title}, ${this.language.dateTime(startedAt)}, ${this.language.zone(startedAt)}`);
    this.#saved();
  }

  #copy() {
    const copied = this.#files.copy(this.#lists, this.#hasNames, this.root);
    this.#copied = this.language.text(copied ? 'sheet.copied' : 'sheet.notCopied');
    if (copied) {
      this.#saved();
    }
    this.repaint();
  }

  /** A selection counts as saved if it was copied whole, from the first line to the last. */
  #selectionCopied() {
    const lines = [...this.root.querySelectorAll('.students tbody tr')];
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
