import { Poll } from './poll.js';
import { Remembered } from './storage.js';
import { asDuration, OptionsFields } from './options-fields.js';

const LARGEST_CLASS = 9007199254740991;

/**
 * The form that opens the roll of a class. It repeats the start until this server has answered. This browser remembers the
 * times and the code of the last start, and offers them again.
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
  #options;
  #lastOptions = new Remembered('times');

  /** @param typed what the fields have, as {@link typed} */
  constructor(view, typed) {
    this.#view = view;
    this.#input = view.root.querySelector('input');
    this.#input.value = typed.class;
    this.#input.addEventListener('input', () => this.#reset());
    this.#options = new OptionsFields(view, () => ({ start: this.#now, now: this.#now }), () => this.#reset());
    this.#options.typed = typed.options ?? this.#rememberedOptions();
    view.find('fields').replaceWith(this.#options.root);
    view.find('options').open = typed.isOpen === true;
    view.find('start').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start();
    });
  }

  get typed() {
    return { class: this.#input.value, options: this.#options.typed, isOpen: this.#view.find('options').open };
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
    this.#options.draw();
    this.#view.text('options-summary', this.#summary());
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
    this.#view.find('options').open ||= this.#options.isWrong;
    if (!this.#options.check()) {
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

  #rememberedOptions() {
    const { late, ends, code } = this.#lastOptions.value ?? {};
    return { late: String(late ?? ''), ends: String(ends ?? ''), code: code === true };
  }

  #summary() {
    const { late, ends, code } = this.#options.typed;
    const { language } = this.#view;
    return [
      late && language.text('times.lateAfter', { minutes: late }),
      ends && language.text('times.endsAfter', { minutes: ends }),
      code && language.text('code.with')
    ].filter(Boolean).join(' · ') || language.text('options.without');
  }

  /** Returns null if the roll was opened, or the Problem with which this server refused it. */
  async #open() {
    const { late, ends, code } = this.#options.typed;
    const options = {
      ...(late && { lateAfter: asDuration(late) }),
      ...(ends && { endsAfter: asDuration(ends) }),
      ...(code && { code })
    };
    const isPlain = Object.keys(options).length === 0;
    try {
      await this.#view.app.api.start(this.#classId, isPlain ? null : options);
      this.#lastOptions.value = isPlain ? null : { late, ends, code };
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
