import { View } from './view.js';

const MOST_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

/**
 * The fields for what a teacher can choose for a roll: from when students are late and when it ends by itself, in minutes
 * after its start, and whether it asks for a code.
 */
export class OptionsFields {
  root;

  #view;
  #late;
  #ends;
  #code;
  #now;
  #mistake = '';

  /**
   * @param now returns the time from which the minutes count, and the server's time: {start, now}
   * @param changed called when the teacher types
   */
  constructor(view, now, changed) {
    this.#view = view;
    this.#now = now;
    this.root = View.copy('options', view.language);
    this.#late = this.root.querySelector('[data-late-after]');
    this.#ends = this.root.querySelector('[data-ends-after]');
    this.#code = this.root.querySelector('[data-ask-code]');
    for (const field of [this.#late, this.#ends, this.#code]) {
      field.addEventListener('input', () => {
        this.#mistake = '';
        changed();
      });
    }
  }

  /** The typed minutes, each a text, empty for no time, and whether a code is chosen: {late, ends, code}. */
  get typed() {
    return { late: this.#late.value.trim(), ends: this.#ends.value.trim(), code: this.#code.checked };
  }

  set typed({ late, ends, code }) {
    this.#late.value = late;
    this.#ends.value = ends;
    this.#code.checked = code;
    this.#mistake = '';
  }

  get isWrong() {
    return this.#wrong !== null;
  }

  /** Whether the minutes can be used. Otherwise says what is wrong, and gives the focus to the wrong field. */
  check() {
    const wrong = this.#wrong;
    if (wrong) {
      this.#mistake = this.#view.language.text(wrong.key, wrong.values);
      wrong.field.setAttribute('aria-invalid', 'true');
      wrong.field.focus();
    }
    return wrong === null;
  }

  draw() {
    const { language } = this.#view;
    this.root.querySelector('[data-mistake]').textContent = this.#mistake;
    for (const [field, hook, key] of [[this.#late, 'late-time', 'times.lateFrom'], [this.#ends, 'ends-time', 'times.endsAt']]) {
      const isTime = field.value.trim() !== '' && this.#isEmptyOrMinutes(field);
      this.root.querySelector(`[data-${hook}]`).textContent = isTime
        ? language.text(key, { time: language.moment(this.#now().start + field.value.trim() * MINUTE_MS) })
        : language.text('times.none');
      if (this.#mistake === '') {
        field.setAttribute('aria-invalid', 'false');
      }
    }
  }

  /** The first mistake: {field, key, values}, or null. */
  get #wrong() {
    const { late, ends } = this.typed;
    const noMinutes = [this.#late, this.#ends].find((field) => !this.#isEmptyOrMinutes(field));
    const { start, now } = this.#now();
    if (noMinutes) {
      return { field: noMinutes, key: 'times.wrong', values: { typed: noMinutes.value.trim() } };
    }
    if (ends !== '' && start + ends * MINUTE_MS <= now) {
      return { field: this.#ends, key: 'times.over', values: { time: this.#view.language.moment(start + ends * MINUTE_MS) } };
    }
    return late !== '' && ends !== '' && Number(late) >= Number(ends) ? { field: this.#late, key: 'times.neverLate' } : null;
  }

  #isEmptyOrMinutes(field) {
    const text = field.value.trim();
    return text === '' || (/^[0-9]{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_MINUTES);
  }
}

/** Minutes as the server reads them; null for no time. */
export const asDuration = (minutes) => (minutes === '' ? null : `PT${Number(minutes)}M`);
