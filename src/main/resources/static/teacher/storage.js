/** A value that this browser remembers, as JSON. If it cannot be stored, only this page remembers it. */
export class Remembered {
  /** Whether the browser has stored the last value. */
  isStored = true;

  #key;
  #value = null;

  constructor(key) {
    this.#key = `rollcall.${key}`;
  }

  /** The value, also if another window has changed it; null if there is none. */
  get value() {
    try {
      return this.isStored ? JSON.parse(window.localStorage.getItem(this.#key)) : this.#value;
    } catch (unavailable) {
      return this.#value;
    }
  }

  set value(value) {
    this.#value = value;
    try {
      if (value === null) {
        window.localStorage.removeItem(this.#key);
      } else {
        window.localStorage.setItem(this.#key, JSON.stringify(value));
      }
      this.isStored = true;
    } catch (unavailable) {
      // The value is lost with this page. The one before it may still be stored, but is not used.
      this.isStored = false;
    }
  }
}
