import { LocalTime } from './local-time.js';
import { Poll } from './poll.js';
import { fetchJson, Problem } from './roll-api.js';

/** As on the phones: 09:05:00 in each language. The style "medium" is 9:05:00 in Spanish. */
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
/** Signs of scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** The texts of one language, and numbers, dates and 24-hour times in the reader's regional format. */
export class Language {
  static TAGS = ['pt-BR', 'en', 'es'];

  static #COOKIE = 'rollcall-language';

  /**
   * Asks until the file with the texts is there.
   * @param changed gets the trouble after each attempt, null if there is none
   */
  static load(tag, changed = () => {}) {
    return new Promise((loaded) => {
      const poll = new Poll({
        request: () => Language.#read(tag),
        taken: (texts) => {
          poll.stop();
          loaded(new Language(tag, texts));
        },
        changed: () => changed(poll.trouble)
      });
      poll.now();
    });
  }

  static async #read(tag) {
    const { response, body: texts } = await fetchJson(`assets/languages/${tag}.json`);
    return texts?.name && texts.teacher?.title ? texts.teacher : Promise.reject(new Problem(response.status));
  }

  /** The tag in the cookie, which the student's page uses too; else the browser's first supported language; else English. */
  static preferred() {
    const chosen = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${Language.#COOKIE}=`))?.split('=')[1];
    if (Language.TAGS.includes(chosen)) {
      return chosen;
    }
    for (const wanted of Language.#wanted()) {
      const tag = Language.TAGS.find((each) => each.split('-')[0] === wanted.split('-')[0]);
      if (tag) {
        return tag;
      }
    }
    return 'en';
  }

  /** The browser's languages that Intl accepts. Some systems set names such as en-US@posix, which are an error. */
  static #wanted() {
    return (navigator.languages ?? [navigator.language]).filter((each) => {
      try {
        return Intl.getCanonicalLocales(each).length > 0;
      } catch (invalid) {
        return false;
      }
    });
  }

  /** A name of a student or a network in a sentence. Written from right to left, it would reorder the signs beside it. */
  static inSentence(text) {
    return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
  }

  static remember(tag) {
    document.cookie = `${Language.#COOKIE}=${tag}; path=/; max-age=31536000; samesite=lax`;
  }

  #texts;
  #number;
  #time;
  #dateTime;
  #zone;

  constructor(tag, texts) {
    this.tag = tag;
    this.#texts = texts;
    const reader = Language.#wanted().find((each) => each.split('-')[0] === tag.split('-')[0]) ?? tag;
    this.#number = new Intl.NumberFormat(reader);
    this.#time = new Intl.DateTimeFormat(reader, CLOCK);
    this.#zone = new Intl.DateTimeFormat(reader, { timeZoneName: 'long' });
    this.#dateTime = new Intl.DateTimeFormat(reader, { year: 'numeric', month: 'short', day: 'numeric', ...CLOCK });
  }

  /** Returns the text of a key, or undefined if there is none. */
  find(key) {
    return key.split('.').reduce((at, part) => at?.[part], this.#texts);
  }

  text(key, values = {}) {
    return String(this.find(key) ?? key).replace(/\{(\w+)}/g, (placeholder, name) => Language.inSentence(values[name] ?? placeholder));
  }

  /** Like {@link text}, with the singular or the plural form. Each of these languages has two forms. */
  count(key, count) {
    return this.text(`${key}.${count === 1 ? 'one' : 'other'}`, { count: this.number(count) });
  }

  number(number) {
    return this.#number.format(number);
  }

  time(instant) {
    return this.#time.format(new Date(instant));
  }

  dateTime(instant) {
    return this.#dateTime.format(new Date(instant));
  }

  /** The reader's time zone at an instant, with its offset: Brasilia Standard Time (UTC−03:00). */
  zone(instant) {
    const name = this.#zone.formatToParts(new Date(instant)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const offset = `UTC${new LocalTime(instant).offset.replace('-', '−')}`;
    return /\d/.test(name) ? offset : `${name} (${offset})`;
  }

  /** The status of a student in words: empty for one who came in time by an own answer. */
  status({ counts = true, status, by, unknown }) {
    return [
      status && this.text(`marks.${status}`),
      by && counts && this.text('marks.byTeacher'),
      unknown && this.text('roster.notListed')
    ].filter(Boolean).join(', ');
  }

  /** The time, with the date if it is not today. */
  moment(instant) {
    return new Date(instant).toDateString() === new Date().toDateString() ? this.time(instant) : this.dateTime(instant);
  }

  /** The time that is left, as {@link duration}. It is 0 only when nothing is left. */
  countdown(milliseconds) {
    return this.duration(Math.ceil(milliseconds / 1000) * 1000);
  }

  duration(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
    return [Math.floor(seconds / 3600), ...parts].slice(seconds < 3600 ? 1 : 0).join(':');
  }
}
