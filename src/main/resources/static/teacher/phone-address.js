import { Poll } from './poll.js';
import { Remembered } from './storage.js';

const ASK_EVERY_MS = 15_000;

/**
 * The address for phones. The server knows the candidates and their order; the teacher can choose another one, and this
 * browser remembers the choice. The server is asked again and again, because the network of its machine can change.
 */
export class PhoneAddress {
  /** The addresses to choose from, the best one first: {url, adapter, reachable}. Empty before the first answer. */
  candidates = [];

  #choice = new Remembered('address');
  #poll;

  constructor(app) {
    this.#poll = new Poll({
      request: () => app.api.address(),
      taken: ({ candidates }) => {
        this.candidates = candidates;
      },
      pause: () => ASK_EVERY_MS
    });
    this.#poll.now();
  }

  /** Why the server's last answer is missing: {since, problem}; null if it is not. */
  get trouble() {
    return this.#poll.trouble;
  }

  /**
   * The candidate that is used: the chosen address, else an address of the chosen adapter, which may have got another
   * number, else the server's choice. Undefined before the first answer.
   */
  get used() {
    const chosen = this.#choice.value;
    return this.candidates.find(({ url }) => url === chosen?.url)
      ?? this.candidates.find(({ adapter }) => adapter && adapter === chosen?.adapter)
      ?? this.candidates[0];
  }

  choose(url) {
    const { adapter } = this.candidates.find((candidate) => candidate.url === url);
    this.#choice.value = { url, adapter };
  }
}
