import { AddressLine } from './address-line.js';
import { ArrivalChart } from './arrival-chart.js';
import { ArrivalList } from './arrival-list.js';
import { EndedView } from './ended-view.js';
import { ListedStudents } from './listed-students.js';
import { Poll } from './poll.js';
import { RollFollower } from './roll-follower.js';
import { RosterPanel } from './roster-panel.js';
import { View } from './view.js';
import { WifiDialog } from './wifi-dialog.js';

const ANNOUNCE_EVERY_MS = 10_000;

/** The open roll of a class: counter, clock, list of arrivals, and the button that ends it. */
export class RollView extends View {
  #roll;
  #follower;
  #list;
  #chart;
  #address;
  #roster;
  #announced = 0;
  #announcer;
  /** The Poll that ends the roll, null if the teacher did not click. */
  #ending = null;
  /** The Problem with which this server refused the end. */
  #refused = null;

  constructor(app, roll) {
    super(app, 'roll');
    this.#roll = roll;
    this.#follower = new RollFollower(app.api, roll);
    const listed = new ListedStudents(this.#follower.students, app.rosters, roll.classId, this.language);
    this.#list = new ArrivalList(this.find('list'), listed, this.language, this.repaint);
    this.#roster = new RosterPanel(this, roll.classId, listed, this.#list);
    this.#chart = new ArrivalChart(this.find('chart'), roll.startedAt);
    this.find('projector').href = `#${roll.classId}/projector`;
    this.find('scanner').href = `#${roll.classId}/scanner`;
    this.#listen();
    this.#address = new AddressLine(this, roll.classId);
    new WifiDialog(this);
    this.#follower.open();
    this.repaintEverySecond();
    this.#announcer = setInterval(() => this.#announce(), ANNOUNCE_EVERY_MS);
  }

  get title() {
    const text = this.language.text('roll.title', { class: this.#roll.classId });
    const count = this.#follower.students.present.length;
    return count > 0 ? `(${this.language.number(count)}) ${text}` : text;
  }

  get loss() {
    return this.#ending
      ? { title: this.language.text('leaving.ending.title'), what: this.language.text('leaving.ending.what') } : null;
  }

  leave() {
    this.#stopEnding();
  }

  translated() {
    return new RollView(this.app, this.#roll);
  }

  closed() {
    super.closed();
    clearInterval(this.#announcer);
    this.#list.close();
    this.#roster.close();
    this.#follower.close();
    this.#stopEnding();
  }

  draw() {
    const { students, full, connection } = this.#follower;
    const { present } = students;
    const now = Date.now() + this.app.api.clockOffset;
    this.text('title', this.language.text('roll.title', { class: this.#roll.classId }));
    this.showCount(present.length);
    this.showConnection(connection);
    this.find('full').hidden = !full;
    this.#address.draw();
    this.#roster.draw();
    this.text('clock', this.language.duration(now - Date.parse(this.#roll.startedAt)));
    this.#list.render();
    this.text('matches', this.find('find').value.trim() === '' ? ''
      : this.language.text('roll.matches', { count: this.language.number(this.#list.matches) }));
    this.#drawFacts(students);
    this.#drawChart(present, now);
    this.#drawEnd(present.length);
    this.app.showTitle(this);
  }

  /** The facts that only some rolls have. */
  #drawFacts({ lateAt, endsAt, absent }) {
    this.#drawFact('late-from', lateAt && this.language.moment(lateAt));
    this.#drawFact('ends-at', endsAt && this.language.moment(endsAt));
    this.#drawFact('absent', absent.length > 0 && this.language.number(absent.length));
  }

  #drawFact(hook, text) {
    this.find(hook).parentElement.hidden = !text;
    this.text(hook, text || '');
  }

  #drawChart(present, now) {
    this.#chart.render(present, now);
    const peak = this.language.number(this.#chart.peak);
    this.text('peak', present.length > 0 ? this.language.text('roll.peak', { peak }) : '');
    this.find('chart').setAttribute('aria-label', this.language.text('roll.chartSummary', { peak }));
    this.text('from', this.language.time(this.#roll.startedAt));
    this.text('to', this.language.time(Date.parse(this.#roll.startedAt) + this.#chart.span));
  }

  #drawEnd(count) {
    this.text('end', this.language.text(this.#ending ? 'end.ending' : 'roll.end'));
    this.find('end').setAttribute('aria-disabled', String(this.#ending !== null));
    this.text('problem', this.#refused ? this.explain(this.#refused) : '');
    this.text('trouble', this.tryingAgain(this.#ending?.trouble));
    this.text('once', this.#ending?.trouble ? this.language.text('end.once') : '');
    this.text('end-title', this.language.text('end.title', { class: this.#roll.classId }));
    this.text('end-count', this.language.count('count', count));
  }

  #listen() {
    this.#follower.addEventListener('change', this.repaint);
    this.#follower.addEventListener('ended', () => this.#endedElsewhere());
    this.find('find').addEventListener('input', (event) => {
      this.#list.want({ search: event.target.value });
      this.repaint();
    });
    for (const button of this.root.querySelectorAll('[data-order]')) {
      button.addEventListener('click', () => this.#orderBy(button.dataset.order));
    }
    const dialog = this.find('dialog');
    this.find('end').addEventListener('click', () => this.#ending || dialog.showModal());
    this.find('keep').addEventListener('click', () => dialog.close());
    this.find('confirm').addEventListener('click', () => {
      dialog.close();
      this.#end();
    });
  }

  #orderBy(order) {
    for (const button of this.root.querySelectorAll('[data-order]')) {
      button.setAttribute('aria-pressed', button.dataset.order === order);
    }
    this.#list.want({ order });
    this.repaint();
  }

  /** Tells the count to a screen reader, at intervals: it could not read out the count at every arrival. */
  #announce() {
    const count = this.#follower.students.present.length;
    if (count !== this.#announced) {
      this.#announced = count;
      this.app.announce(this.language.count('count', count));
    }
  }

  /**
   * Ends the roll by its id, and repeats this until this server has answered. A repeated request returns the same sheet and
   * ends no other roll.
   */
  #end() {
    this.#refused = null;
    this.#ending = new Poll({
      request: () => this.#askEnd(),
      taken: ({ sheet, refused }) => (sheet ? this.app.showSheet(sheet) : this.#notEnded(refused)),
      changed: this.repaint
    });
    this.#ending.now();
    this.draw();
  }

  async #askEnd() {
    try {
      return { sheet: await this.app.api.end(this.#roll.classId, this.#roll.rollId) };
    } catch (problem) {
      return problem.isFinal ? { refused: problem } : Promise.reject(problem);
    }
  }

  #notEnded(refused) {
    this.#stopEnding();
    if (refused.type === 'no-open-roll' || refused.type === 'another-roll-open') {
      this.#endedElsewhere();
    } else {
      this.#refused = refused;
    }
  }

  #stopEnding() {
    this.#ending?.stop();
    this.#ending = null;
  }

  /** While this page ends the roll, the answer to its own request shows the sheet. */
  #endedElsewhere() {
    if (!this.#ending) {
      this.app.show(new EndedView(this.app, this.#roll, this.#follower.students, this.#follower.ended ?? {}));
    }
  }
}
