/** A value that this browser remembers, as JSON. If the browser allows no storage, only this page remembers it. */
export class Remembered {
  #key;
  /** The value that the browser did not store. */
  #unstored = null;

  constructor(key) {
    this.#key = `rollcall.${key}`;
  }

  /** Whether the browser has stored the last value. */
  get isStored() {
    return this.#unstored === null;
  }

  /** The value, also if another window has changed it; null if there is none. */
  get value() {
    try {
      return this.#unstored ?? JSON.parse(window.localStorage.getItem(this.#key));
    } catch (unavailable) {
      return null;
    }
  }

  set value(value) {
    this.#unstored = null;
    try {
      if (value === null) {
        window.localStorage.removeItem(this.#key);
      } else {
        window.localStorage.setItem(this.#key, JSON.stringify(value));
      }
    } catch (unavailable) {
      this.#unstored = value;
    }
  }
}
