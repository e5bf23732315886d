/** A value that this browser remembers, as JSON. If the browser allows no storage, only this page remembers it. */
export class Remembered {
  #key;
  #value = null;

  constructor(key) {
    this.#key = `rollcall.${key}`;
  }

  /** The value, also if another window has changed it; null if there is none. */
  get value() {
    try {
      return JSON.parse(window.localStorage.getItem(this.#key));
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
    } catch (unavailable) {
      // The value is lost with this page.
    }
  }
}
