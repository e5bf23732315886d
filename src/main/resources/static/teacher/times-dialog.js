import { Poll } from './poll.js';
import { asDuration, TimesFields } from './times-fields.js';
import { View } from './view.js';

const MINUTE_MS = 60_000;
const FIVE_MINUTES_MS = 5 * MINUTE_MS;

/** Shows the times of an open roll, and changes them: in a dialog, or the end by five minutes with one click. */
export class TimesDialog {
  #view;
  #roll;
  #students;
  #dialog;
  #fields;
  /** The Poll that changes the times, null if none is under way, and what it changes. */
  #changing = null;
  #wanted = {};
  /** The Problem with which this server refused the last change. */
  #refused = null;

  constructor(view, roll, students) {
    this.#view = view;
    this.#roll = roll;
    this.#students = students;
    this.#dialog = View.copy('times-dialog', view.language);
    this.#fields = new TimesFields(view, () => ({ start: Date.parse(roll.startedAt), now: this.#now }), view.repaint);
    this.#dialog.querySelector('[data-fields]').replaceWith(this.#fields.root);
    view.root.append(this.#dialog);
    view.find('times').addEventListener('click', () => this.#open());
    view.find('five-more').addEventListener('click', () => this.#addFive());
    this.#dialog.querySelector('[data-cancel]').addEventListener('click', () => this.#dialog.close());
    this.#dialog.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save();
    });
  }

  stop() {
    this.#changing?.stop();
    this.#changing = null;
  }

  draw() {
    const { lateAt, endsAt } = this.#students;
    const { language } = this.#view;
    this.#view.showFact('late-from', lateAt && language.moment(lateAt));
    this.#view.showFact('ends-at', endsAt && language.moment(endsAt));
    this.#view.text('left', endsAt ? language.text('times.left', { time: language.countdown(Date.parse(endsAt) - this.#now) }) : '');
    this.#view.text('times-trouble', this.#changing?.trouble ? this.#view.tryingAgain(this.#changing.trouble)
      : this.#refused ? language.text('times.refused', { reason: this.#reason() }) : '');
    this.#fields.draw();
  }

  get #now() {
    return Date.now() + this.#view.app.api.clockOffset;
  }

  #open() {
    const { lateAt, endsAt } = this.#students;
    this.#fields.typed = { late: this.#minutes(lateAt), ends: this.#minutes(endsAt) };
    this.#fields.draw();
    this.#dialog.showModal();
  }

  #minutes(instant) {
    return instant ? String(Math.round((Date.parse(instant) - Date.parse(this.#roll.startedAt)) / MINUTE_MS)) : '';
  }

  /** Sends only what the teacher changed: a time need not be a whole minute. */
  #save() {
    const { lateAt, endsAt } = this.#students;
    const { late, ends } = this.#fields.typed;
    if (!this.#fields.check()) {
      this.#fields.draw();
      return;
    }
    this.#dialog.close();
    this.#change({
      ...(late !== this.#minutes(lateAt) && { lateAfter: asDuration(late) }),
      ...(ends !== this.#minutes(endsAt) && { endsAfter: asDuration(ends) })
    });
  }

  #addFive() {
    const until = Date.parse(this.#changing && this.#wanted.endsAt ? this.#wanted.endsAt : this.#students.endsAt) + FIVE_MINUTES_MS;
    const seconds = (until - Date.parse(this.#roll.startedAt)) / 1000;
    this.#change({ endsAfter: `PT${seconds.toFixed(3)}S` }, new Date(until).toISOString());
  }

  /** Repeats the last change until this server has answered. A change that waits for its answer is sent with it. */
  #change(times, endsAt = null) {
    if (Object.keys(times).length === 0) {
      return;
    }
    this.#refused = null;
    this.#wanted = { times: { ...(this.#changing && this.#wanted.times), ...times }, endsAt };
    this.#changing ??= new Poll({
      request: () => this.#ask(this.#wanted),
      taken: (answer) => this.#take(answer),
      changed: this.#view.repaint,
      pause: () => 0
    });
    this.#changing.now();
  }

  async #ask(wanted) {
    try {
      return { wanted, state: await this.#view.app.api.setTimes(this.#roll, wanted.times) };
    } catch (problem) {
      return problem.isFinal ? { wanted, problem } : Promise.reject(problem);
    }
  }

  #take({ wanted, state, problem }) {
    if (state) {
      this.#students.takeChange(state);
    }
    if (wanted === this.#wanted) {
      this.#refused = problem ?? null;
      this.stop();
    }
  }

  #reason() {
    return this.#refused.type === 'invalid-request' ? this.#view.language.text('times.refusedEnd') : this.#view.explain(this.#refused);
  }
}
