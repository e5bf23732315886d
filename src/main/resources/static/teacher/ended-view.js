import { Poll } from './poll.js';
import { View } from './view.js';

/** A roll that was ended by another page or program, with a button that shows its sheet. */
export class EndedView extends View {
  #roll;
  #seen;
  #ended;
  /** The Poll that reads the sheet, null until the teacher wants it. */
  #reading = null;

  /**
   * @param seen the KnownStudents of this page
   * @param ended the known facts about the end: at, seq and newRoll, of which each may be missing
   */
  constructor(app, roll, seen, ended) {
    super(app, 'ended');
    this.#roll = roll;
    this.#seen = seen;
    this.#ended = ended;
    this.find('show-sheet').addEventListener('click', () => this.#showSheet());
    this.find('show-roll').addEventListener('click', () => app.go(`#${roll.classId}`));
  }

  get title() {
    return this.language.text('ended.title');
  }

  translated() {
    return new EndedView(this.app, this.#roll, this.#seen, this.#ended);
  }

  closed() {
    super.closed();
    this.#reading?.stop();
  }

  draw() {
    const { at, newRoll } = this.#ended;
    const { classId } = this.#roll;
    this.text('class', this.language.text('roll.title', { class: classId }));
    this.text('where', at ? this.language.text('ended.at', { time: this.language.time(at) }) : this.language.text('ended.elsewhere'));
    this.text('trouble', this.tryingAgain(this.#reading?.trouble));
    this.text('show-sheet', this.language.text(this.#reading ? 'waiting.reading' : 'ended.showSheet'));
    this.find('new-roll').hidden = !newRoll;
    this.text('new-roll-text', this.language.text('ended.newRoll', { class: classId }));
    this.find('show-roll').href = `#${classId}`;
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
