const BYTE_ORDER_MARK = '\uFEFF';
const COLUMNS = ['classId', 'seq', 'studentId', 'date', 'time', 'zone', 'startedAt', 'endedAt'];

/**
 * A sheet as CSV, byte for byte as the server writes it: a byte order mark, the reader's list separator, local times
 * with their offset, and ids as text, so that spreadsheets keep leading zeros. The page makes it, because the server may
 * have deleted the sheet before the download.
 */
export class SheetCsv {
  #sheet;
  #separator;

  constructor(sheet, separator) {
    this.#sheet = sheet;
    this.#separator = separator;
  }

  get fileName() {
    const [date, time] = SheetCsv.#local(this.#sheet.startedAt);
    return `class-${this.#sheet.classId}-${date}-${time.slice(0, 5).replace(':', '')}.csv`;
  }

  get text() {
    return BYTE_ORDER_MARK + [COLUMNS, ...this.#sheet.presences.map((presence) => this.#cells(presence))]
      .map((cells) => `${cells.join(this.#separator)}\r\n`).join('');
  }

  #cells({ seq, studentId, at }) {
    const { classId, startedAt, endedAt } = this.#sheet;
    return [classId, seq, `"=""${studentId}"""`, ...SheetCsv.#local(at), ...[startedAt, endedAt].map(SheetCsv.#dateTime)];
  }

  static #dateTime(instant) {
    return instant ? SheetCsv.#local(instant).slice(0, 2).join(' ') : '';
  }

  /** Local date, time and offset: 2026-11-22, 14:03:12, -03:00. */
  static #local(instant) {
    const at = new Date(instant);
    const two = (number) => String(number).padStart(2, '0');
    const ahead = -at.getTimezoneOffset();
    const sign = ahead < 0 ? '-' : '+';
    return [
      `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
      `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`,
      `${sign}${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`
    ];
  }
}
