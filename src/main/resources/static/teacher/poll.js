const RETRY_MS = 2_000;
const JITTER_MS = 400;

/**
 * Repeats a request, one at a time, until it is stopped: after an answer, after a failure, and at once when the network
 * is back or the page is visible again.
 */
export class Poll {
  /** The failures since the last answer: {since, problem}; null if the last request was answered. */
  trouble = null;

  /** The number of requests until now. */
  attempts = 0;

  #request;
  #taken;
  #changed;
  #pause;
  #timer = null;
  #asking = false;
  #again = false;
  #stopped = false;

  /**
   * @param request returns a promise of the answer; it is rejected with a Problem
   * @param taken gets each answer
   * @param changed called after each answer and each failure, also if it was the last
   * @param pause returns the time until the next request after an answer, in milliseconds
   */
  constructor({ request, taken, changed = () => {}, pause = () => RETRY_MS }) {
    this.#request = request;
    this.#taken = taken;
    this.#changed = changed;
    this.#pause = pause;
    window.addEventListener('online', this.now);
    document.addEventListener('visibilitychange', this.#seen);
  }

  /** Asks now, or once more after the request that is under way. */
  now = () => {
    this.#again = this.#asking;
    if (!this.#asking && !this.#stopped) {
      this.#ask();
    }
  };

  /** Asks after a time. */
  in(milliseconds) {
    clearTimeout(this.#timer);
    if (!this.#stopped) {
      this.#timer = setTimeout(this.now, milliseconds);
    }
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    window.removeEventListener('online', this.now);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  #seen = () => {
    if (document.visibilityState === 'visible') {
      this.now();
    }
  };

  async #ask() {
    clearTimeout(this.#timer);
    this.#asking = true;
    this.attempts++;
    const { answer, problem } = await this.#request().then((it) => ({ answer: it }), (it) => ({ problem: it }));
    this.#asking = false;
    if (this.#stopped) {
      return;
    }
    this.trouble = problem ? { since: this.trouble?.since ?? new Date(), problem } : null;
    if (problem) {
      // Pages of many teachers do not ask at the same time.
      this.in(RETRY_MS - Math.random() * JITTER_MS);
    } else {
      this.#taken(answer);
      this.in(this.#again ? 0 : this.#pause());
    }
    this.#again = false;
    this.#changed();
  }
}
