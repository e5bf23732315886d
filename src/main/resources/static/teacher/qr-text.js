const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** The number of a mode, and the bits of the length in versions 1 to 9 and in larger ones. */
const ALPHANUMERIC = { mode: 2, lengthBits: 9, lengthBitsOfLarge: 11 };
const BYTES = { mode: 4, lengthBits: 8, lengthBitsOfLarge: 16 };
const ADDRESS = /^https?:\/\/[A-Za-z0-9.:-]+\/[0-9A-Z/]*$/;

export function bitsOf(number, count) {
  return Array.from({ length: count }, (_, i) => (number >> (count - 1 - i)) & 1);
}

/**
 * Writes an address in capitals if it has the same meaning then: scheme and host may be written so, a path may not. A QR
 * code of capitals and digits has fewer and larger modules, so a phone can scan it from farther away.
 */
export function inCapitals(address) {
  return ADDRESS.test(address) ? address.toUpperCase() : address;
}

/** The text of a QR code as bits: in the alphanumeric mode if this mode has all its characters, otherwise as bytes. */
export class QrText {
  #mode;
  #length;
  #data;

  constructor(text) {
    const bytes = Array.from(new TextEncoder().encode(text));
    const isAlphanumeric = Array.from(text).every((character) => CHARACTERS.includes(character));
    this.#mode = isAlphanumeric ? ALPHANUMERIC : BYTES;
    this.#length = bytes.length;
    this.#data = isAlphanumeric ? (text.match(/..?/g) ?? []).flatMap(QrText.#pair) : bytes.flatMap((byte) => bitsOf(byte, 8));
  }

  /** The mode, the length and the characters, for a code of this version. */
  bits(version) {
    const { mode, lengthBits, lengthBitsOfLarge } = this.#mode;
    return [...bitsOf(mode, 4), ...bitsOf(this.#length, version < 10 ? lengthBits : lengthBitsOfLarge), ...this.#data];
  }

  static #pair([first, second]) {
    return second === undefined ? bitsOf(CHARACTERS.indexOf(first), 6)
      : bitsOf(45 * CHARACTERS.indexOf(first) + CHARACTERS.indexOf(second), 11);
  }
}
