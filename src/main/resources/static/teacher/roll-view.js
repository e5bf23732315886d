import { ArrivalChart } from './arrival-chart.js';
import { ArrivalList } from './arrival-list.js';
import { EndedView } from './ended-view.js';
import { RollFollower } from './roll-follower.js';
import { View } from './view.js';

const ANNOUNCE_EVERY_MS = 10_000;
const RETRY_AFTER_MS = 2_000;

/** The open roll of a class: counter, clock, list of arrivals, and the button that ends it. */
export class RollView extends View {
  #follower;
  #list;
  #chart;
  #announced = 0;
  #announcer;
  #ending = false;

  constructor(app, roll) {
    super(app, 'roll');
    this.roll = roll;
    this.#follower = new RollFollower(app.api, roll);
    this.#list = new ArrivalList(this.find('list'), this.#follower.presences, this.language, this.repaint);
    this.#chart = new ArrivalChart(this.find('chart'), roll.startedAt);
    this.find('title').textContent = this.language.text('roll.title', { class: roll.classId });
    this.find('projector').href = `#${roll.classId}/projector`;
    this.#listen();
    this.#linkAddress();
    this.showConnection(this.#follower.connection);
    this.#follower.open();
    this.repaintEverySecond();
    this.#announcer = setInterval(() => this.#announce(), ANNOUNCE_EVERY_MS);
  }

  get title() {
    return this.language.text('roll.title', { class: this.roll.classId });
  }

  translated() {
    return new RollView(this.app, this.roll);
  }

  closed() {
    super.closed();
    clearInterval(this.#announcer);
    this.#list.close();
    this.#follower.close();
  }

  paint() {
    const { presences } = this.#follower;
    const now = Date.now() + this.app.api.clockOffset;
    this.showCount(presences.length);
    this.find('full').hidden = !this.#follower.full;
    this.text('clock', this.language.duration(now - Date.parse(this.roll.startedAt)));
    this.#list.render();
    this.text('matches', this.find('find').value.trim() === '' ? ''
      : this.language.text('roll.matches', { count: this.language.number(this.#list.matches) }));
    this.#paintChart(presences, now);
  }

  #paintChart(presences, now) {
    this.#chart.render(presences, now);
    const peak = this.language.number(this.#chart.peak);
    this.text('peak', this.language.text('roll.peak', { peak }));
    this.find('chart').setAttribute('aria-label', this.language.text('roll.chartSummary', { peak }));
    this.text('from', this.language.time(this.roll.startedAt));
    this.text('to', this.language.time(Date.parse(this.roll.startedAt) + this.#chart.span));
  }

  #listen() {
    this.#follower.addEventListener('change', this.repaint);
    this.#follower.addEventListener('connection', () => this.#connectionChanged());
    this.#follower.addEventListener('ended', () => this.#endedElsewhere());
    this.find('find').addEventListener('input', (event) => {
      this.#list.find(event.target.value);
      this.repaint();
    });
    for (const button of this.root.querySelectorAll('[data-order]')) {
      button.addEventListener('click', () => this.#orderBy(button.dataset.order));
    }
    const dialog = this.find('dialog');
    this.find('end').addEventListener('click', () => this.#confirmEnd(dialog));
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
    this.#list.orderBy(order);
    this.repaint();
  }

  #connectionChanged() {
    this.showConnection(this.#follower.connection);
    this.app.announce(this.find('connection').textContent);
    if (!this.#ending) {
      this.text('problem', this.#follower.refused ? this.explain(this.#follower.refused) : '');
    }
  }

  /** Tells the count to a screen reader, at intervals: it could not read out the count at every arrival. */
  #announce() {
    const count = this.#follower.presences.length;
    if (count !== this.#announced) {
      this.#announced = count;
      this.app.announce(this.language.count('count', count));
    }
  }

  #confirmEnd(dialog) {
    this.text('end-title', this.language.text('end.title', { class: this.roll.classId }));
    this.text('end-count', this.language.count('count', this.#follower.presences.length));
    dialog.showModal();
  }

  /** Ends the roll by its id, so that a repeated request after a lost response returns the sheet and ends no other roll. */
  async #end() {
    this.#ending = true;
    const button = this.find('end');
    button.disabled = true;
    button.textContent = this.language.text('end.ending');
    while (this.app.shows(this)) {
      try {
        const sheet = await this.app.api.end(this.roll.classId, this.roll.rollId);
        this.app.showSheet(sheet);
        return;
      } catch (problem) {
        if (!problem.isTransient) {
          this.#notEnded(problem);
          return;
        }
        this.text('problem', this.language.text('end.askingAgain'));
        await new Promise((go) => setTimeout(go, RETRY_AFTER_MS));
      }
    }
  }

  #notEnded(problem) {
    this.#ending = false;
    if (problem.status === 404 || problem.status === 412) {
      this.#endedElsewhere();
      return;
    }
    this.find('end').disabled = false;
    this.find('end').textContent = this.language.text('roll.end');
    this.text('problem', this.explain(problem));
  }

  #endedElsewhere() {
    if (!this.#ending) {
      this.app.show(new EndedView(this.app, this.roll, this.#follower.presences, this.#follower.ended ?? {}));
    }
  }

  async #linkAddress() {
    const address = await this.showAddress(this.roll.classId);
    this.find('address').href = address;
    this.text('address', address);
  }
}
