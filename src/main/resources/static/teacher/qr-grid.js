/** The modules of a QR code, with the patterns that every code of a version has. */
export class QrGrid {
  /** The rows; a module is 1 if it is dark. */
  rows;
  #fixed;
  #version;

  constructor(version) {
    this.#version = version;
    this.size = 17 + 4 * version;
    this.rows = Array.from({ length: this.size }, () => new Uint8Array(this.size));
    this.#fixed = this.rows.map((row) => row.slice());
    this.#drawTiming();
    this.#drawAlignment();
    this.#drawFinders();
    this.#drawVersion();
    this.drawFormat(0);
  }

  /** The places for data in the order of the standard: pairs of columns from the right, upwards and downwards in turn. */
  * places() {
    let upwards = true;
    for (let right = this.size - 1; right > 0; right -= right === 8 ? 3 : 2) {
      for (let i = 0; i < this.size; i++) {
        const y = upwards ? this.size - 1 - i : i;
        for (const x of [right, right - 1]) {
          if (!this.#fixed[y][x]) {
            yield [x, y];
          }
        }
      }
      upwards = !upwards;
    }
  }

  /** Draws the 15 bits that name the error correction, which is M, and the mask. */
  drawFormat(mask) {
    const bits = ((mask << 10) | QrGrid.#remainder(mask, 10, 0x537)) ^ 0x5412;
    const last = this.size - 1;
    for (let i = 0; i < 15; i++) {
      const bit = (bits >> i) & 1;
      // Beside the left upper finder, around its corner.
      this.#fix(i < 8 ? 8 : i === 8 ? 7 : 14 - i, i < 6 ? i : i === 6 ? 7 : 8, bit);
      // Beside the other two finders.
      this.#fix(i < 8 ? last - i : 8, i < 8 ? 8 : last - 14 + i, bit);
    }
    this.#fix(8, this.size - 8, 1);
  }

  #drawVersion() {
    if (this.#version < 7) {
      return;
    }
    const bits = (this.#version << 12) | QrGrid.#remainder(this.#version, 12, 0x1F25);
    for (let i = 0; i < 18; i++) {
      const near = Math.floor(i / 3);
      const far = this.size - 11 + (i % 3);
      this.#fix(near, far, (bits >> i) & 1);
      this.#fix(far, near, (bits >> i) & 1);
    }
  }

  #drawTiming() {
    for (let i = 0; i < this.size; i++) {
      this.#fix(i, 6, 1 - (i % 2));
      this.#fix(6, i, 1 - (i % 2));
    }
  }

  #drawFinders() {
    const far = this.size - 4;
    for (const [x, y] of [[3, 3], [far, 3], [3, far]]) {
      this.#drawRings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
    }
  }

  #drawAlignment() {
    const far = this.size - 7;
    const centres = this.#version < 2 ? [] : this.#version < 7 ? [6, far] : [6, (this.size - 1) / 2, far];
    for (const x of centres) {
      for (const y of centres) {
        const isFinder = x + y === 12 || (x + y === 6 + far && (x === 6 || y === 6));
        if (!isFinder) {
          this.#drawRings(x, y, 2, (ring) => ring !== 1);
        }
      }
    }
  }

  #drawRings(x, y, radius, isDark) {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        if (this.rows[y + dy]?.[x + dx] !== undefined) {
          this.#fix(x + dx, y + dy, Number(isDark(Math.max(Math.abs(dx), Math.abs(dy)))));
        }
      }
    }
  }

  #fix(x, y, dark) {
    this.rows[y][x] = dark;
    this.#fixed[y][x] = 1;
  }

  /** The check bits of a number: the remainder of a division of polynomials. */
  static #remainder(number, degree, divisor) {
    let rest = number << degree;
    for (let bit = 30; bit >= degree; bit--) {
      if ((rest >> bit) & 1) {
        rest ^= divisor << (bit - degree);
      }
    }
    return rest;
  }
}
