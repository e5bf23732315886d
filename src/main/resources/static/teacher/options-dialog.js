import { Poll } from './poll.js';
import { asDuration, OptionsFields } from './options-fields.js';
import { View } from './view.js';

const MINUTE_MS = 60_000;
const FIVE_MINUTES_MS = 5 * MINUTE_MS;

/**
 * Shows the times of an open roll and whether it asks for a code, and changes them: in a dialog, or the end by five minutes
 * with one click.
 */
export class OptionsDialog {
  #view;
  #roll;
  #students;
  #dialog;
  #fields;
  /** What the fields had when the dialog was opened. */
  #opened = {};
  /** The Poll that changes the roll, null if none is under way, and what it changes. */
  #changing = null;
  #wanted = {};
  /** The Problem with which this server refused the last change. */
  #refused = null;

  constructor(view, roll, students) {
    this.#view = view;
    this.#roll = roll;
    this.#students = students;
    this.#dialog = View.copy('options-dialog', view.language);
    this.#fields = new OptionsFields(view, () => ({ start: Date.parse(roll.startedAt), now: this.#now }), view.repaint);
    this.#dialog.querySelector('[data-fields]').replaceWith(this.#fields.root);
    view.root.append(this.#dialog);
    view.find('options').addEventListener('click', () => this.#open());
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
    const { lateAt, endsAt, code } = this.#students;
    const { language } = this.#view;
    this.#view.showFact('asks-code', code && language.text('code.on'));
    this.#view.showFact('late-from', lateAt && language.moment(lateAt));
    this.#view.showFact('ends-at', endsAt && language.moment(endsAt));
    this.#view.text('left', endsAt ? language.text('times.left', { time: language.countdown(Date.parse(endsAt) - this.#now) }) : '');
    this.#view.text('options-trouble', this.#changing?.trouble ? this.#view.tryingAgain(this.#changing.trouble)
      : this.#refused ? language.text('options.refused', { reason: this.#reason() }) : '');
    this.#fields.draw();
  }

  get #now() {
    return Date.now() + this.#view.app.api.clockOffset;
  }

  #open() {
    const { lateAt, endsAt, code } = this.#students;
    this.#opened = { late: this.#minutes(lateAt), ends: this.#minutes(endsAt), code };
    this.#fields.typed = this.#opened;
    this.#fields.draw();
    this.#dialog.showModal();
  }

  #minutes(instant) {
    return instant ? String(Math.round((Date.parse(instant) - Date.parse(this.#roll.startedAt)) / MINUTE_MS)) : '';
  }

  /** Sends only what the teacher changed: a time need not be a whole minute, and another page may have changed the rest. */
  #save() {
    const { late, ends, code } = this.#fields.typed;
    if (!this.#fields.check()) {
      this.#fields.draw();
      return;
    }
    this.#dialog.close();
    this.#change({
      ...(late !== this.#opened.late && { lateAfter: asDuration(late) }),
      ...(ends !== this.#opened.ends && { endsAfter: asDuration(ends) }),
      ...(code !== this.#opened.code && { code })
    });
  }

  #addFive() {
    const until = Date.parse(this.#changing && this.#wanted.endsAt ? this.#wanted.endsAt : this.#students.endsAt) + FIVE_MINUTES_MS;
    const seconds = (until - Date.parse(this.#roll.startedAt)) / 1000;
    this.#change({ endsAfter: `PT${seconds.toFixed(3)}S` }, new Date(until).toISOString());
  }

  /** Repeats the last change until this server has answered. A change that waits for its answer is sent with it. */
  #change(options, endsAt = null) {
    if (Object.keys(options).length === 0) {
      return;
    }
    this.#refused = null;
    this.#wanted = { options: { ...(this.#changing && this.#wanted.options), ...options }, endsAt };
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
      return { wanted, state: await this.#view.app.api.change(this.#roll, wanted.options) };
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
