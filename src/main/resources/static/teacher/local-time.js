const digits = (number, length = 2) => String(number).padStart(length, '0');

/** An instant in the zone of the reader's browser, in forms that are the same in every language. */
export class LocalTime {
  #at;

  constructor(instant) {
    this.#at = new Date(instant);
  }

  /** 2026-11-22 */
  get date() {
    return [digits(this.#at.getFullYear(), 4), digits(this.#at.getMonth() + 1), digits(this.#at.getDate())].join('-');
  }

  /** -03:00 */
  get offset() {
    const ahead = -this.#at.getTimezoneOffset();
    return `${ahead < 0 ? '-' : '+'}${digits(Math.floor(Math.abs(ahead) / 60))}:${digits(Math.abs(ahead) % 60)}`;
  }

  /** 2026-11-22-1403 */
  get inFileName() {
    return `${this.date}-${digits(this.#at.getHours())}${digits(this.#at.getMinutes())}`;
  }

  /** 2026-11-22 14:03:12 */
  get clock() {
    return `${this.date} ${this.#time}`;
  }

  /** 2026-11-22T14:03:12.042-03:00 */
  get iso() {
    return `${this.date}T${this.#time}.${digits(this.#at.getMilliseconds(), 3)}${this.offset}`;
  }

  /** Days since 30 December 1899 on the reader's clock: a time in a spreadsheet, which knows no zones. */
  get spreadsheetDays() {
    const clock = this.#at.getTime() - this.#at.getTimezoneOffset() * 60_000;
    return (Math.floor(clock / 1000) * 1000 - Date.UTC(1899, 11, 30)) / 86_400_000;
  }

  get #time() {
    return [this.#at.getHours(), this.#at.getMinutes(), this.#at.getSeconds()].map((part) => digits(part)).join(':');
  }
}
