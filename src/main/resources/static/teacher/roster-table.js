import { RosterColumns } from './roster-columns.js';
import { RosterRefusal } from './roster-text.js';
import { WORDS } from './roster-words.js';
import { SeparatedText } from './separated-text.js';

/** In this order if two separators fit equally well: names contain commas, and hardly ever the others. */
const SEPARATORS = ['\t', ';', '|', ','];
const MOST_ROWS = 10_000;
const MOST_COLUMNS = 200;
const LOOK_AT = 200;
const LAST_AND_FIRST = /^([^,]+), *(.+)$/;

/** A table of students, read from the text of a file or of the clipboard. */
export class RosterTable {
  /** The sign between the cells, or "" if there is one column. */
  separator;
  /** The RosterColumns. */
  columns;

  constructor(text) {
    const { separator, width } = SEPARATORS.map((each) => RosterTable.#fit(text, each))
      .reduce((best, each) => (RosterTable.#isBetter(each, best) ? each : best));
    const rows = RosterTable.#read(text, separator);
    if (rows.length === 0) {
      throw new RosterRefusal('empty');
    }
    if (rows.length > MOST_ROWS) {
      throw new RosterRefusal('tooMany');
    }
    this.separator = width > 1 ? separator : '';
    this.columns = new RosterColumns(rows);
  }

  /**
   * The students if these are the columns: {students, withoutId, repeated}, the last two as numbers of rows that are left
   * out. Throws a RosterRefusal if they are no ids.
   */
  students(columns = this.columns.found) {
    const students = new Map();
    let withoutId = 0;
    let repeated = 0;
    for (const row of this.columns.rows.filter((each) => this.#isStudent(each, columns))) {
      const cell = row[columns.id];
      const id = RosterColumns.id(cell);
      if (RosterColumns.isExponent(cell)) {
        throw new RosterRefusal('exponent', id);
      } else if (!RosterColumns.isId(cell)) {
        withoutId++;
      } else if (students.has(id)) {
        repeated++;
      } else {
        students.set(id, { id, ...RosterTable.#names(row[columns.name] ?? '', row[columns.surname] ?? '') });
      }
    }
    if (students.size === 0) {
      throw new RosterRefusal('noIds');
    }
    return { students: [...students.values()], withoutId, repeated };
  }

  /** Some exports have a row of points, and one of a student who does not exist. */
  #isStudent(row, { name }) {
    return !WORDS.notStudents.includes(RosterColumns.key(row[name]));
  }

  static #names(name, surname) {
    if (surname !== '') {
      return { name: `${name} ${surname}`.trim(), surname };
    }
    const [, last, first] = LAST_AND_FIRST.exec(name) ?? [];
    return first ? { name: `${first} ${last}`, surname: last } : { name, surname: '' };
  }

  /** How well a separator fits: {separator, width, share}, the number of cells in most lines, and the share of these lines. */
  static #fit(text, separator) {
    const rows = RosterTable.#read(text, separator, LOOK_AT);
    const widths = new Map();
    rows.forEach(({ length }) => widths.set(length, (widths.get(length) ?? 0) + 1));
    widths.delete(1);
    const [width, count] = [...widths].sort((one, other) => other[1] - one[1] || other[0] - one[0])[0] ?? [1, 0];
    const share = count / Math.max(1, rows.length);
    return share > 0.5 ? { separator, width, share } : { separator, width: 1, share: 0 };
  }

  static #isBetter(one, best) {
    return one.share > best.share || (one.share === best.share && one.width > best.width);
  }

  static #read(text, separator, most) {
    return new SeparatedText(text, separator).rows(most).map((row) => row.slice(0, MOST_COLUMNS).map(RosterTable.#clean))
      .filter((row) => row.some((cell) => cell !== ''));
  }

  /** One line of text, without ="…", which makes spreadsheets keep zeros. */
  static #clean(cell) {
    if (cell === '') {
      return cell;
    }
    const line = cell.replace(/[\s\p{Cc}\uFEFF]+/gu, ' ').trim();
    return line.replace(/^=?"(.*)"$/, '$1').trim();
  }
}
