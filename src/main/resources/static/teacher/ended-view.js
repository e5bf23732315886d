import { Poll } from './poll.js';
import { View } from './view.js';

const LIST_EVERY_MS = 15_000;

/** A roll that ended by itself, or was ended by another page or program, with a button that shows its sheet. */
export class EndedView extends View {
  #roll;
  #seen;
  #ended;
  #unsaved;
  /** The entry of the sheet in the server's list, null if it is not known. */
  #kept = null;
  #listing;
  /** The Poll that reads the sheet, null until the teacher wants it. */
  #reading = null;

  /**
   * @param seen the KnownStudents of this page
   * @param ended the known facts about the end: at, seq and newRoll, of which each may be missing
   * @param unsaved the marks that the server did not confirm before the end: {studentId, status}
   */
  constructor(app, roll, seen, ended, unsaved) {
    super(app, 'ended');
    this.#roll = roll;
    this.#seen = seen;
    this.#ended = ended;
    this.#unsaved = unsaved;
    this.#listing = new Poll({
      request: () => app.api.sheets(),
      taken: (sheets) => (this.#kept = sheets.find(({ rollId }) => rollId === roll.rollId) ?? null),
      changed: this.repaint,
      pause: () => LIST_EVERY_MS
    });
    this.#listing.now();
    this.find('show-sheet').addEventListener('click', () => this.#showSheet());
    this.find('show-roll').addEventListener('click', () => app.go(`#${roll.classId}`));
  }

  get title() {
    return this.language.text('ended.title');
  }

  translated() {
    return new EndedView(this.app, this.#roll, this.#seen, this.#ended, this.#unsaved);
  }

  closed() {
    super.closed();
    this.#listing.stop();
    this.#reading?.stop();
  }

  draw() {
    const { newRoll } = this.#ended;
    const { classId } = this.#roll;
    const { refusedAfterEnd = 0 } = this.#kept ?? {};
    this.text('class', this.language.text('roll.title', { class: classId }));
    this.text('where', this.#where());
    this.text('after-end', refusedAfterEnd > 0 ? this.language.count('sheet.afterEnd', refusedAfterEnd) : '');
    this.text('unsaved', this.#unsaved.length > 0 ? this.language.text('marking.unsaved', { marks: this.#unsavedMarks() }) : '');
    this.text('trouble', this.tryingAgain(this.#reading?.trouble));
    this.text('show-sheet', this.language.text(this.#reading ? 'waiting.reading' : 'ended.showSheet'));
    this.find('new-roll').hidden = !newRoll;
    this.text('new-roll-text', this.language.text('ended.newRoll', { class: classId }));
    this.find('show-roll').href = `#${classId}`;
  }

  /** A roll ended by itself if it ended at its deadline, or if its sheet waits. */
  #where() {
    const at = this.#ended.at ?? this.#kept?.endedAt;
    const byItself = (at && at === this.#seen.endsAt) || this.#kept?.taken === false;
    const key = byItself ? 'byItself' : at ? 'at' : 'elsewhere';
    return this.language.text(`ended.${key}`, { time: at ? this.language.moment(at) : '' });
  }

  #unsavedMarks() {
    return this.#unsaved.map(({ studentId, status }) => `${studentId} ${this.language.text(`marks.${status}`)}`).join(', ');
  }

  /** Reads the sheet. If the server does not keep it, shows what this page has seen. */
  #showSheet() {
    this.#reading ??= new Poll({
      request: () => this.app.api.sheet(this.#roll.rollId),
      taken: (sheet) => this.app.showSheet(sheet ?? this.#sheetOfSeen()),
      changed: this.repaint
    });
    this.#reading.now();
    this.draw();
  }

  #sheetOfSeen() {
    const { classId, rollId, startedAt } = this.#roll;
    const { present, absent } = this.#seen;
    const { at = null, seq = this.#seen.seq } = this.#ended;
    return {
      classId, rollId, startedAt, endedAt: at, presences: present, absences: absent, gone: true, unseen: seq - this.#seen.seq
    };
  }
}
