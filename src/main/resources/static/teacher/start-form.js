import { Poll } from './poll.js';
import { Remembered } from './storage.js';
import { asDuration, TimesFields } from './times-fields.js';

const LARGEST_CLASS = 9007199254740991;

/**
 * The form that opens the roll of a class. It repeats the start until this server has answered. The times of the last start
 * are remembered by this browser and offered again.
 */
export class StartForm {
  #view;
  #input;
  /** The Poll that starts the roll, null if none is under way. */
  #starting = null;
  #wrong = '';
  /** The Problem with which this server refused the start. */
  #refused = null;
  #classId = null;
  #times;
  #lastTimes = new Remembered('times');

  /** @param typed what the fields have, as {@link typed} */
  constructor(view, typed) {
    this.#view = view;
    this.#input = view.root.querySelector('input');
    this.#input.value = typed.class;
    this.#input.addEventListener('input', () => this.#reset());
    this.#times = new TimesFields(view, () => ({ start: this.#now, now: this.#now }), () => this.#reset());
    this.#times.typed = typed.times ?? this.#rememberedTimes();
    view.find('fields').replaceWith(this.#times.root);
    view.find('times').open = typed.isOpen === true;
    view.find('start').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start();
    });
  }

  get typed() {
    return { class: this.#input.value, times: this.#times.typed, isOpen: this.#view.find('times').open };
  }

  focus() {
    this.#input.focus();
  }

  stop() {
    this.#starting?.stop();
    this.#starting = null;
  }

  draw() {
    const { language } = this.#view;
    const isOpen = this.#refused?.type === 'roll-already-open';
    this.#view.text('problem', this.#wrong || (this.#refused ? this.#refusal() : ''));
    this.#view.text('trouble', this.#view.tryingAgain(this.#starting?.trouble));
    if (this.#wrong) {
      this.#input.setAttribute('aria-invalid', 'true');
    } else {
      this.#input.removeAttribute('aria-invalid');
    }
    this.#view.find('already').hidden = !isOpen;
    this.#view.find('show-roll').href = `#${this.#classId}`;
    this.#times.draw();
    this.#view.text('times-summary', this.#timesSummary());
    this.#view.text('button', language.text(this.#starting ? 'start.starting' : 'start.start'));
  }

  #reset() {
    this.stop();
    this.#wrong = '';
    this.#refused = null;
    this.#view.repaint();
  }

  #start() {
    if (this.#starting) {
      return;
    }
    this.#reset();
    const typed = this.#input.value.trim();
    if (!/^[0-9]+$/.test(typed) || Number(typed) < 1 || Number(typed) > LARGEST_CLASS) {
      this.#wrong = this.#view.language.text(typed === '' ? 'start.empty' : 'start.invalid', { typed });
      return;
    }
    // A field in the folded part could not get the focus.
    this.#view.find('times').open ||= this.#times.isWrong;
    if (!this.#times.check()) {
      return;
    }
    this.#classId = Number(typed);
    this.#starting = new Poll({
      request: () => this.#open(),
      taken: (refused) => this.#answered(refused),
      changed: this.#view.repaint
    });
    this.#starting.now();
  }

  get #now() {
    return Date.now() + this.#view.app.api.clockOffset;
  }

  #rememberedTimes() {
    const { late, ends } = this.#lastTimes.value ?? {};
    return { late: String(late ?? ''), ends: String(ends ?? '') };
  }

  #timesSummary() {
    const { late, ends } = this.#times.typed;
    const { language } = this.#view;
    const times = [late && language.text('times.lateAfter', { minutes: late }), ends && language.text('times.endsAfter', { minutes: ends })];
    return times.filter(Boolean).join(' · ') || language.text('times.without');
  }

  /** Returns null if the roll was opened, or the Problem with which this server refused it. */
  async #open() {
    const { late, ends } = this.#times.typed;
    const times = { ...(late && { lateAfter: asDuration(late) }), ...(ends && { endsAfter: asDuration(ends) }) };
    try {
      await this.#view.app.api.start(this.#classId, late || ends ? times : null);
      this.#lastTimes.value = late || ends ? { late, ends } : null;
      return null;
    } catch (problem) {
      return problem.isFinal ? problem : Promise.reject(problem);
    }
  }

  #answered(refused) {
    const isRepeated = this.#starting.attempts > 1;
    this.stop();
    if (refused === null || (isRepeated && refused.type === 'roll-already-open')) {
      this.#view.app.go(`#${this.#classId}`);
    } else {
      this.#refused = refused;
    }
  }

  #refusal() {
    const { language } = this.#view;
    const { startedAt } = this.#refused.body;
    return this.#refused.type === 'roll-already-open' && startedAt
      ? language.text('start.alreadyOpen', { class: this.#classId, time: language.moment(startedAt) })
      : this.#view.explain(this.#refused);
  }
}
