/**
 * A text of rows, with a separator between the cells, as programs export it. A quote inside a quoted cell belongs to it unless
 * the cell can end there, because some programs do not double it. A quote that is never closed is a sign like any other.
 */
export class SeparatedText {
  #text;
  #separator;
  #at = 0;
  /** Whether a quote was never closed: then no later one is. */
  #unclosed = false;

  constructor(text, separator) {
    this.#text = text;
    this.#separator = separator;
  }

  /** The first rows, as arrays of cells. */
  rows(most = Infinity) {
    const rows = [];
    this.#at = 0;
    while (this.#at < this.#text.length && rows.length < most) {
      rows.push(this.#row());
    }
    return rows;
  }

  #row() {
    const cells = [];
    do {
      cells.push(this.#quoted() ?? this.#plain());
    } while (this.#skips(this.#separator));
    this.#skips('\r');
    this.#skips('\n');
    return cells;
  }

  #skips(sign) {
    const found = this.#text[this.#at] === sign;
    this.#at += found ? 1 : 0;
    return found;
  }

  #plain() {
    const start = this.#at;
    while (!this.#ends(this.#at)) {
      this.#at++;
    }
    return this.#text.slice(start, this.#at);
  }

  /** The quoted cell that begins here, null if none does. */
  #quoted() {
    const start = this.#at + 1;
    if (this.#text[this.#at] !== '"' || this.#unclosed) {
      return null;
    }
    let end = this.#text.indexOf('"', start);
    while (end >= 0 && !this.#ends(end + 1)) {
      end = this.#text.indexOf('"', end + (this.#text[end + 1] === '"' ? 2 : 1));
    }
    if (end < 0) {
      this.#unclosed = true;
      return null;
    }
    this.#at = end + 1;
    return this.#text.slice(start, end).replace(/""/g, '"');
  }

  #ends(at) {
    const sign = this.#text[at];
    return sign === undefined || sign === this.#separator || sign === '\r' || sign === '\n';
  }
}
