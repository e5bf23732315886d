import { WORDS } from './roster-words.js';

const ID = /^[A-Za-z0-9._-]{1,64}$/;
const EXPONENT = /^[0-9]+([.,][0-9]+)?[Ee]\+[0-9]+$/;
const MARKS = /\p{M}/gu;
/** The header may have titles above it. */
const HEADER_WITHIN = 10;

/** Finds the header of a table, and the columns of the ids and of the names: by the header's words, else by the cells. */
export class RosterColumns {
  /** The rows of students. */
  rows;
  /** The words above the columns; empty if there is no header. */
  headings = [];
  /** The columns: {id, name, surname}, each -1 if there is none. The name is the full one if there is no surname. */
  found;

  #keys = [];

  constructor(rows) {
    this.rows = rows;
    this.#findHeader(rows);
    const id = this.#idByHeader() ?? this.#idByCells() ?? -1;
    this.#dropUnknownHeader(id);
    this.found = { id, ...this.#names(id) };
  }

  /** The id in a cell, without what spreadsheets and exports put around it, and without the domain of an e-mail address. */
  static id(cell = '') {
    return cell.replace(/^['#]+/, '').replace(/(.)@.*/, '$1').trim();
  }

  static isId(cell = '') {
    return ID.test(RosterColumns.id(cell));
  }

  /** Whether a spreadsheet has replaced the digits of a long number: 4.2E+10. */
  static isExponent(cell = '') {
    return EXPONENT.test(RosterColumns.id(cell));
  }

  /** A word without accents, signs and case: "N.º de matrícula" is "n o de matricula". */
  static key(text = '') {
    return text.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
  }

  get width() {
    return this.rows.reduce((most, row) => Math.max(most, row.length), this.headings.length);
  }

  #findHeader(rows) {
    const { ids, surnames, givenNames, fullNames } = WORDS;
    const known = new Set([...ids, ...surnames, ...givenNames, ...fullNames]);
    let most = 0;
    rows.slice(0, HEADER_WITHIN).forEach((row, index) => {
      const keys = row.map(RosterColumns.key);
      const count = keys.filter((key) => known.has(key)).length;
      if (count > most) {
        most = count;
        this.#keys = keys;
        this.headings = row;
        this.rows = rows.slice(index + 1);
      }
    });
  }

  /** The column with the first of the words, of those whose cells are ids in at least half of the rows. */
  #idByHeader() {
    return this.#byWords(WORDS.ids, (column) => this.#has(column, RosterColumns.#couldBeId, 50));
  }

  #idByCells() {
    const columns = [...Array(this.width).keys()].filter((column) => this.#has(column, RosterColumns.#couldBeId, 80)
      && this.#isUnique(column, 90));
    return columns.find((column) => this.#has(column, (cell) => /[0-9]/.test(cell), 50) && !this.#counts(column))
      ?? columns[0];
  }

  #names(id) {
    const { surnames, givenNames, fullNames } = WORDS;
    const free = (column) => column !== id;
    const surname = this.#byWords(surnames, free) ?? -1;
    const others = (column) => free(column) && column !== surname;
    const name = surname < 0 ? this.#byWords([...fullNames, ...givenNames], others)
      : this.#byWords([...givenNames, ...fullNames], others);
    return { name: name ?? (surname < 0 ? this.#nameByCells(id) : -1), surname };
  }

  #nameByCells(id) {
    const columns = [...Array(this.width).keys()].filter((column) => column !== id && this.#isUnique(column, 50)
      && this.#has(column, (cell) => /\p{L}/u.test(cell) && !/[0-9@]/.test(cell), 80));
    return columns.find((column) => this.#has(column, (cell) => /[ ,]/.test(cell), 50)) ?? columns[0] ?? -1;
  }

  /** A header in another language has words where all other rows have digits. */
  #dropUnknownHeader(id) {
    const hasDigit = (row) => /[0-9]/.test(row[id] ?? '');
    if (this.headings.length === 0 && id >= 0 && this.rows.length > 1 && !hasDigit(this.rows[0]) && this.rows.slice(1).every(hasDigit)) {
      [this.headings, ...this.rows] = this.rows;
    }
  }

  #byWords(words, accepts) {
    for (const word of words) {
      const column = this.#keys.findIndex((key, index) => key === word && accepts(index));
      if (column >= 0) {
        return column;
      }
    }
    return undefined;
  }

  static #couldBeId(cell) {
    return RosterColumns.isId(cell) || RosterColumns.isExponent(cell);
  }

  #has(column, is, percent) {
    const count = this.rows.filter((row) => is(row[column] ?? '')).length;
    return count > 0 && count * 100 >= this.rows.length * percent;
  }

  /** Whether at least this share of the cells differ. Numbers with an exponent were different before. */
  #isUnique(column, percent) {
    const cells = this.rows.map((row) => row[column] ?? '').filter((cell) => cell !== '');
    const exponents = cells.filter(RosterColumns.isExponent).length;
    const others = new Set(cells.filter((cell) => !RosterColumns.isExponent(cell)));
    return (others.size + exponents) * 100 >= cells.length * percent;
  }

  /** Whether the column only numbers the rows: 1, 2, 3. */
  #counts(column) {
    return this.rows.every((row, index) => row[column] === String(index + 1));
  }
}
