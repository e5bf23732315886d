/** A value that this browser keeps, where it allows that. */
export class Stored {
  /** Whether the last value could be kept. */
  works = true;

  #key;
  #last = null;

  constructor(key) {
    this.#key = key;
  }

  /** Returns the value, or null if there is none. */
  read() {
    try {
      return JSON.parse(window.localStorage.getItem(this.#key));
    } catch (blocked) {
      return null;
    }
  }

  /** Keeps a value. An empty one is removed. */
  write(value) {
    const text = JSON.stringify(value);
    if (text === this.#last) {
      return;
    }
    try {
      if (value === null || value.length === 0) {
        window.localStorage.removeItem(this.#key);
      } else {
        window.localStorage.setItem(this.#key, text);
      }
      this.works = true;
      this.#last = text;
    } catch (blocked) {
      this.works = false;
    }
  }
}
