const LARGEST = 2_000_000;
const LOOK_AT = 2_000;
const MARKS = [['utf-8', [0xef, 0xbb, 0xbf]], ['utf-16le', [0xff, 0xfe]], ['utf-16be', [0xfe, 0xff]]];
/** The first bytes of old Excel files, and of ZIP files, which new Excel and LibreOffice write. */
const SPREADSHEETS = [[0xd0, 0xcf, 0x11, 0xe0], [0x50, 0x4b, 0x03, 0x04]];
const HTML = /^\s*<(!doctype|!--|\?xml|html|head|meta|style|body|div|table)/i;

/** A file cannot be read as a roster. The reason is the key of its text. */
export class RosterRefusal extends Error {
  constructor(reason, cell = '') {
    super(reason);
    this.reason = reason;
    this.cell = cell;
  }
}

/** The text of a file: {text, encoding}. A byte-order mark tells the encoding; else it is UTF-8 if it can be; else Windows-1252. */
export class RosterText {
  /** @param file a Blob */
  static async of(file) {
    if (file.size > LARGEST) {
      throw new RosterRefusal('tooLarge');
    }
    return new RosterText(new Uint8Array(await RosterText.#bytes(file)));
  }

  /** A browser cannot read a folder, nor a file that has gone meanwhile. */
  static async #bytes(file) {
    try {
      return await file.arrayBuffer();
    } catch (unreadable) {
      throw new RosterRefusal('unreadable');
    }
  }

  constructor(bytes) {
    if (SPREADSHEETS.some((first) => RosterText.#begins(bytes, first))) {
      throw new RosterRefusal('spreadsheet');
    }
    const marked = MARKS.find(([, mark]) => RosterText.#begins(bytes, mark))?.[0];
    this.encoding = marked ?? RosterText.#wide(bytes) ?? (RosterText.#isUtf8(bytes) ? 'utf-8' : 'windows-1252');
    this.text = new TextDecoder(this.encoding).decode(bytes);
    if (HTML.test(this.text)) {
      throw new RosterRefusal('html');
    }
    if (this.text.includes('\0')) {
      throw new RosterRefusal('notText');
    }
  }

  static #begins(bytes, first) {
    return first.every((byte, index) => bytes[index] === byte);
  }

  /** In UTF-16, one half of the bytes of a western text is zero. */
  static #wide(bytes) {
    const zeros = [0, 0];
    const length = Math.min(bytes.length, LOOK_AT);
    for (let i = 0; i < length; i++) {
      zeros[i % 2] += bytes[i] === 0 ? 1 : 0;
    }
    const plain = (these, others) => bytes.length % 2 === 0 && these > length / 4 && others === 0;
    if (plain(zeros[1], zeros[0])) {
      return 'utf-16le';
    }
    return plain(zeros[0], zeros[1]) ? 'utf-16be' : null;
  }

  static #isUtf8(bytes) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return true;
    } catch (notUtf8) {
      return false;
    }
  }
}
