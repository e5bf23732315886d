import { RosterJoin } from './roster-join.js';

const MARKS = /\p{M}/gu;

/**
 * The students in the list of a roll: those who are present, then those who are not. With a roster they have names, those on it
 * who did not answer are in the list too, and those who are not on it are known.
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

  /** The rows in the wanted order, with place, studentId, name, status, at; isMissing without an answer; isUnknown off the roster. */
  get rows() {
    return this.#now.rows;
  }

  /** How many are listed in all, are on the roster, are on it and present, are on it and not present, are present and not on it. */
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

  #make(known, marked, roster, namesHidden) {
    const { present, absent, missing } = new RosterJoin(known, marked, roster);
    const onRoster = new Set(present.map(({ student }) => student).filter(Boolean)).size;
    const counts = {
      listed: present.length + absent.length + missing.length,
      roster: roster?.students.length ?? 0,
      onRoster,
      missing: absent.length + missing.length,
      unknown: present.filter(({ isUnknown }) => isUnknown).length
    };
    const rows = [...this.#sort(present.reverse()), ...this.#sort([...absent, ...missing])]
      .map((row) => ({ ...row, name: namesHidden ? '' : row.student?.name ?? '' }));
    return { counts, rows: this.#filter(rows) };
  }

  /** The order of arrival is the given one. */
  #sort(rows) {
    const { order } = this.#wanted;
    return order === 'arrival' ? rows : rows.sort(RosterJoin.order(order, this.#language));
  }

  #filter(rows) {
    const { search, filter } = this.#wanted;
    const words = ListedStudents.#plain(search).split(/\s+/);
    return rows.filter((row) => (filter === 'all' || (filter === 'missing' ? !row.counts : row.isUnknown && row.counts))
      && words.every((word) => ListedStudents.#plain(`${row.studentId} ${row.name}`).includes(word)));
  }

  /** A text without accents and case. */
  static #plain(text) {
    return text.normalize('NFD').replace(MARKS, '').toLowerCase().trim();
  }
}
