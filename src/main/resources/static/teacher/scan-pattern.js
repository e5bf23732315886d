import { Remembered } from './storage.js';

const LONGEST_SCAN = 1_000;
/** What the server takes as a student id. */
export const ID = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$/;

/** Cuts the id out of what was scanned, with a regular expression that this browser remembers. */
export class ScanPattern {
  /** Whether the present text is a regular expression. */
  isValid = true;

  /** What the teacher typed. */
  text = '';

  #remembered = new Remembered('scan.pattern');
  #expression = null;

  constructor() {
    const { value } = this.#remembered;
    this.change(typeof value === 'string' ? value : '');
  }

  /** Takes a new text. An empty one means the whole scan. A wrong one is remembered, but the pattern before it is used. */
  change(text) {
    this.text = text;
    try {
      this.#expression = text === '' ? null : new RegExp(text);
      this.isValid = true;
    } catch (notAnExpression) {
      this.isValid = false;
    }
    this.#remembered.value = text || null;
  }

  /** Returns {id}, or {reason}: "noMatch" or "noId", with the text that is no id. */
  cut(scanned) {
    const text = scanned.trim();
    const match = text.length > LONGEST_SCAN ? null : (this.#expression ?? /.*/).exec(text);
    if (!match) {
      return { text, reason: 'noMatch' };
    }
    const cut = (match[1] ?? match[0]).trim();
    return ID.test(cut) ? { text: cut, id: cut } : { text: cut, reason: 'noId' };
  }
}
