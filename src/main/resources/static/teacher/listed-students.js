import { SheetStudents } from './sheet-students.js';

const MARKS = /\p{M}/gu;

/**
 * The rows in the list of a roll: the students who are present, newest first or in another order, then those who are not. With
 * a roster they have names, and those who did not answer are in the list too.
 */
export class ListedStudents {
  #known;
  #rosters;
  #classId;
  #language;
  #wanted = { order: 'arrival', search: '', filter: 'all' };
  /** What the rows were made of: as long as these are the same, the rows are the same. */
  #madeOf = [];
  #made;

  /** @param known the KnownStudents of the roll */
  constructor(known, rosters, classId, language) {
    this.#known = known;
    this.#rosters = rosters;
    this.#classId = classId;
    this.#language = language;
  }

  get order() {
    return this.#wanted.order;
  }

  get filter() {
    return this.#wanted.filter;
  }

  get search() {
    return this.#wanted.search;
  }

  /** The rows of SheetStudents in the wanted order, each with its name: empty if it is not known or names are hidden. */
  get rows() {
    return this.#now.rows;
  }

  /** How many are listed in all, how many of the roster are present, and how many fit each filter. */
  get counts() {
    return this.#now.counts;
  }

  /** @param wanted the order "arrival", "id" or "surname"; the searched text; the filter "all", "missing" or "unknown" */
  want(wanted) {
    this.#wanted = { ...this.#wanted, ...wanted };
  }

  get #now() {
    const madeOf = [this.#known.present, this.#known.absent, this.#rosters.of(this.#classId), this.#rosters.namesHidden, this.#wanted];
    if (!madeOf.every((part, index) => part === this.#madeOf[index])) {
      this.#madeOf = madeOf;
      this.#made = this.#make(...madeOf);
    }
    return this.#made;
  }

  #make(presences, absences, roster, namesHidden, { order }) {
    const { present, absent } = new SheetStudents({ presences, absences }, roster, this.#language.tag).ordered(order);
    const rows = [...order === 'arrival' ? [...present].reverse() : present, ...absent]
      .map((row) => ({ ...row, name: namesHidden ? '' : row.student?.name ?? '' }));
    return {
      rows: this.#filter(rows),
      counts: {
        listed: rows.length,
        onRoster: new Set(present.map(({ student }) => student).filter(Boolean)).size,
        missing: absent.length,
        unknown: present.filter((row) => row.unknown).length
      }
    };
  }

  #filter(rows) {
    const { search, filter } = this.#wanted;
    const words = ListedStudents.#plain(search).split(/\s+/);
    return rows.filter((row) => (filter === 'all' || (filter === 'missing' ? !row.counts : row.unknown && row.counts))
      && words.every((word) => ListedStudents.#plain(`${row.studentId} ${row.name}`).includes(word)));
  }

  /** A text without accents and case. */
  static #plain(text) {
    return text.normalize('NFD').replace(MARKS, '').toLowerCase().trim();
  }
}
