import { AddForm } from './add-form.js';
import { AddressLine } from './address-line.js';
import { ArrivalChart } from './arrival-chart.js';
import { ArrivalList } from './arrival-list.js';
import { EndedView } from './ended-view.js';
import { Language } from './language.js';
import { ListedStudents } from './listed-students.js';
import { Marks } from './marks.js';
import { OptionsDialog } from './options-dialog.js';
import { OtherScreen } from './other-screen.js';
import { RandomDraw } from './random-draw.js';
import { RollEnd } from './roll-end.js';
import { RollFollower } from './roll-follower.js';
import { RosterPanel } from './roster-panel.js';
import { SpotCheck } from './spot-check.js';
import { UndoBar } from './undo-bar.js';
import { View } from './view.js';
import { WifiDialog } from './wifi-dialog.js';

const ANNOUNCE_EVERY_MS = 10_000;

/** The open roll of a class: counter, clock, the list in which the teacher marks students, and the button that ends the roll. */
export class RollView extends View {
  #roll;
  #follower;
  #marks;
  #random;
  #list;
  #roster;
  #undo;
  #adding;
  #options;
  #spotCheck;
  #chart;
  #address;
  #end;
  #announced = 0;
  #announcer;
  #isTranslated = false;

  /**
   * @param marks the Marks of this roll, if some may wait to be sent
   * @param random the RandomDraw of this roll, which knows the students who were called
   * @param isEnding whether the teacher has ended the roll and the server has not answered yet
   */
  constructor(app, roll, marks = new Marks(app.api, roll), random = new RandomDraw(), isEnding = false) {
    super(app, 'roll');
    this.#roll = roll;
    this.#follower = new RollFollower(app.api, roll);
    this.#marks = marks;
    this.#random = random;
    this.#chart = new ArrivalChart(this.find('chart'), roll.startedAt);
    this.find('projector').href = `#${roll.classId}/projector`;
    this.find('scanner').href = `#${roll.classId}/scanner`;
    this.#makeParts(this.#follower.students);
    this.#listen();
    this.#follower.open();
    this.repaintEverySecond();
    this.#announcer = setInterval(() => this.#announce(), ANNOUNCE_EVERY_MS);
    if (isEnding) {
      this.#end.end();
    }
  }

  #makeParts(students) {
    const { classId } = this.#roll;
    this.#marks.use(students);
    const listed = new ListedStudents(students, this.app.rosters, classId, this.language);
    this.#list = new ArrivalList(this, listed, students, this.#marks);
    this.#roster = new RosterPanel(this, classId, listed, this.#list);
    this.#undo = new UndoBar(this, this.root, this.#marks, () => this.#list.focus());
    this.#adding = new AddForm(this, classId, students, this.#marks, (studentId) => this.#show(studentId));
    this.#options = new OptionsDialog(this, this.#roll, students);
    this.#spotCheck = new SpotCheck(this, students, this.#marks, this.#random);
    this.#end = new RollEnd(this, this.#roll, this.#marks, () => this.#endedElsewhere());
    this.#address = new AddressLine(this, classId);
    new WifiDialog(this);
    new OtherScreen(this, classId);
  }

  get title() {
    const text = this.language.text('roll.title', { class: this.#roll.classId });
    const count = this.#follower.students.present.length;
    return count > 0 ? `(${this.language.number(count)}) ${text}` : text;
  }

  get loss() {
    const loss = this.#end.isUnderWay ? 'leaving.ending' : this.#marks.waiting.length > 0 ? 'leaving.marks' : null;
    return loss && { title: this.language.text(`${loss}.title`), what: this.language.text(`${loss}.what`) };
  }

  leave() {
    this.#end.stop();
    this.#marks.stop();
  }

  translated() {
    this.#isTranslated = true;
    return new RollView(this.app, this.#roll, this.#marks, this.#random, this.#end.isUnderWay);
  }

  closed() {
    super.closed();
    clearInterval(this.#announcer);
    this.#list.close();
    this.#roster.close();
    this.#options.stop();
    this.#follower.close();
    this.#end.stop();
    document.removeEventListener('keydown', this.#typed);
    this.#marks.removeEventListener('change', this.#marked);
    this.#marks.removeEventListener('over', this.#over);
    if (!this.#isTranslated) {
      this.#marks.stop();
    }
  }

  draw() {
    const { students, full, connection } = this.#follower;
    const { present, absent } = students;
    const now = Date.now() + this.app.api.clockOffset;
    this.text('title', this.language.text('roll.title', { class: this.#roll.classId }));
    this.showCount(present.length);
    this.showConnection(connection);
    this.find('full').hidden = !full;
    this.#address.draw();
    this.text('clock', this.language.duration(now - Date.parse(this.#roll.startedAt)));
    this.showFact('absent', absent.length > 0 && this.language.number(absent.length));
    this.#roster.draw();
    this.#options.draw();
    this.#list.render();
    this.#drawMatches();
    this.#undo.draw();
    this.#adding.draw();
    this.#spotCheck.draw();
    this.#drawChart(present, now);
    this.#end.draw(present.length);
    this.app.showTitle(this);
  }

  /** Shows a fact that only some rolls have. */
  showFact(hook, text) {
    this.find(hook).closest('div').hidden = !text;
    this.text(hook, text || '');
  }

  #drawMatches() {
    const found = this.find('find').value.trim() !== '' && this.language.text('roll.matches', { count: this.language.number(this.#list.matches) });
    const fresh = this.#list.fresh > 0 && this.language.count('marking.fresh', this.#list.fresh);
    this.text('matches', [found, fresh].filter(Boolean).join(' · '));
  }

  #drawChart(present, now) {
    this.#chart.render(present, now);
    const peak = this.language.number(this.#chart.peak);
    this.text('peak', present.length > 0 ? this.language.text('roll.peak', { peak }) : '');
    this.find('chart').setAttribute('aria-label', this.language.text('roll.chartSummary', { peak }));
    this.text('from', this.language.time(this.#roll.startedAt));
    this.text('to', this.language.time(Date.parse(this.#roll.startedAt) + this.#chart.span));
  }

  #listen() {
    this.#follower.addEventListener('change', this.repaint);
    this.#follower.addEventListener('ended', () => this.#endedElsewhere());
    this.#marks.addEventListener('change', this.#marked);
    this.#marks.addEventListener('over', this.#over);
    this.find('find').addEventListener('input', (event) => {
      this.#list.want({ search: event.target.value });
      this.repaint();
    });
    for (const button of this.root.querySelectorAll('[data-order]')) {
      button.addEventListener('click', () => this.#orderBy(button.dataset.order));
    }
    document.addEventListener('keydown', this.#typed);
  }

  #marked = () => this.draw();

  /** The marks that wait are lost, and the teacher must read this also if this page was about to end the roll. */
  #over = () => {
    this.#end.stop();
    this.#endedElsewhere();
  };

  /** In a field, the browser undoes what was typed. */
  #typed = (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z';
    if (isUndo && !event.target.closest('input') && this.#marks.undoable) {
      event.preventDefault();
      this.#marks.undo();
    }
  };

  #orderBy(order) {
    for (const button of this.root.querySelectorAll('[data-order]')) {
      button.setAttribute('aria-pressed', button.dataset.order === order);
    }
    this.#list.want({ order });
    this.repaint();
  }

  /** A search or a filter may hide the row. */
  #show(studentId) {
    this.find('find').value = '';
    this.find('filters').querySelector('[data-filter="all"]').click();
    this.#list.want({ search: '' });
    this.#list.show(studentId);
  }

  nameOf(studentId) {
    return this.app.rosters.nameOf(this.#roll.classId, studentId);
  }

  /** A student in a sentence. */
  who(studentId) {
    const name = this.nameOf(studentId);
    return name ? `${Language.inSentence(name)} (${studentId})` : studentId;
  }

  /** Tells the count to a screen reader, at intervals: it could not read out the count at every arrival. */
  #announce() {
    const count = this.#follower.students.present.length;
    if (count !== this.#announced) {
      this.#announced = count;
      this.app.announce(this.language.count('count', count));
    }
  }

  /** While this page ends the roll, the answer to its own request shows the sheet. */
  #endedElsewhere() {
    if (!this.#end.isUnderWay) {
      const { students } = this.#follower;
      const unsaved = this.#marks.waiting.filter(({ studentId, status }) => students.statusOf(studentId) !== status);
      this.app.show(new EndedView(this.app, this.#roll, students, this.#follower.ended ?? {}, unsaved));
    }
  }
}
