const COLUMNS = ['studentId', 'status', 'at', 'by', 'seq', 'classId', 'rollId', 'startedAt', 'endedAt'];

/**
 * A sheet as CSV for programs, byte for byte as the server writes it for a reader in the zone of this page: commas, plain
 * ids, and instants with their offset. The page makes it, because the server may have erased the sheet before the download.
 */
export class SheetCsv {
  #sheet;

  constructor(sheet) {
    this.#sheet = sheet;
  }

  get fileName() {
    const [date, time] = SheetCsv.#local(this.#sheet.startedAt).split('T');
    return `class-${this.#sheet.classId}-${date}-${time.slice(0, 5).replace(':', '')}.csv`;
  }

  get text() {
    const { presences, absences = [] } = this.#sheet;
    return [COLUMNS, ...[...presences, ...absences].map((student) => this.#cells(student))]
      .map((cells) => `${cells.join(',')}\r\n`).join('');
  }

  #cells({ studentId, status = 'present', at, by = '', seq }) {
    const { classId, rollId, startedAt, endedAt } = this.#sheet;
    return [studentId, status, SheetCsv.#local(at), by, seq, classId, rollId, ...[startedAt, endedAt].map(SheetCsv.#local)];
  }

  /** Local time with milliseconds and offset: 2026-11-22T14:03:12.042-03:00; empty for an unknown instant. */
  static #local(instant) {
    if (!instant) {
      return '';
    }
    const at = new Date(instant);
    const digits = (number, length = 2) => String(number).padStart(length, '0');
    const ahead = -at.getTimezoneOffset();
    return `${at.getFullYear()}-${digits(at.getMonth() + 1)}-${digits(at.getDate())}`
      + `T${digits(at.getHours())}:${digits(at.getMinutes())}:${digits(at.getSeconds())}.${digits(at.getMilliseconds(), 3)}`
      + `${ahead < 0 ? '-' : '+'}${digits(Math.floor(Math.abs(ahead) / 60))}:${digits(Math.abs(ahead) % 60)}`;
  }
}
