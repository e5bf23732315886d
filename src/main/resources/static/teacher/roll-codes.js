import { Poll } from './poll.js';

const ASK_EVERY_MS = 10_000;
/** An answer can be later than this only if the computer slept meanwhile. The server accepts a code 30 s after its time. */
const LATEST_ANSWER_MS = 10_000;

/**
 * The codes of the open roll of a class, fetched for the next minute. A code is shown from its time to its end, counted from
 * the arrival of the answer by the browser's monotonic clock. Some browsers stop this clock while the computer sleeps, so
 * the wall clock can end a code too, but never begin one. Dispatches "change" when another code is to be shown, or none.
 */
export class RollCodes extends EventTarget {
  /** The roll to which the last codes belong; null if the server has none. */
  rollId = null;

  #api;
  #classId;
  /** {code, from, until, over}: from and until by the monotonic clock, over by the wall clock. */
  #codes = [];
  /** The Poll that fetches the codes, null while the roll asks for none. */
  #poll = null;
  #timer = null;

  constructor(api, classId) {
    super();
    this.#api = api;
    this.#classId = classId;
  }

  /** The code to show now: {code, from, until}. Null if none is known. */
  get shown() {
    const now = performance.now();
    return this.#codes.find(({ from, until, over }) => from <= now && now < until && Date.now() < over) ?? null;
  }

  /** Why the last answer is missing: {since, problem}; null if it is not. */
  get trouble() {
    return this.#poll?.trouble ?? null;
  }

  /** Fetches the codes while the roll asks for one. */
  follow(isNeeded) {
    if (isNeeded && this.#poll === null) {
      this.#poll = new Poll({
        request: () => this.#ask(),
        taken: (answer) => this.#take(answer),
        changed: () => this.#changed(),
        pause: () => ASK_EVERY_MS
      });
      this.#poll.now();
    } else if (!isNeeded && this.#poll !== null) {
      this.close();
    }
  }

  /** Fetches the codes once. */
  async read() {
    this.#take(await this.#ask());
  }

  close() {
    this.#poll?.stop();
    this.#poll = null;
    clearTimeout(this.#timer);
    this.#codes = [];
  }

  async #ask() {
    const sent = Date.now();
    const answer = await this.#api.codes(this.#classId);
    return { answer, sent, arrived: performance.now() };
  }

  #take({ answer, sent, arrived }) {
    this.rollId = answer?.rollId ?? null;
    this.#codes = (answer?.codes ?? []).map(({ code, fromMs, untilMs }) => ({
      code, from: arrived + fromMs, until: arrived + untilMs, over: sent + untilMs + LATEST_ANSWER_MS
    }));
  }

  #changed() {
    clearTimeout(this.#timer);
    this.dispatchEvent(new Event('change'));
    const { shown } = this;
    if (shown) {
      this.#timer = setTimeout(() => this.#changed(), shown.until - performance.now());
    }
  }
}
