import { KnownStudents } from './known-students.js';
import { Roster } from './roster.js';

const MARKS = /\p{M}/gu;
const NOBODY = new Roster([]);

/**
 * The students in the list of a roll: those who are present, then those who are not. With a roster they have names, those on it
 * who did not answer are in the list too, and those who are not on it are known.
 */
export class ListedStudents {
  #known;
  #rosters;
  #classId;
  #language;
  #ids;
  #texts;
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
    this.#ids = new Intl.Collator(language.tag, { numeric: true });
    this.#texts = new Intl.Collator(language.tag);
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

  #make(known, marked, loaded, namesHidden) {
    const roster = loaded ?? NOBODY;
    const matched = new Set();
    const [present, absent] = [known, marked].map((rows) => rows.map((row) => {
      const student = roster.match(row.studentId);
      matched.add(student);
      return { ...row, student, isUnknown: loaded !== null && student === null };
    }));
    const missing = roster.students.filter((student) => !matched.has(student))
      .map((student) => ({ studentId: student.id, student, counts: false, isMissing: true }));
    const onRoster = new Set(present.map(({ student }) => student).filter(Boolean)).size;
    const counts = {
      listed: present.length + absent.length + missing.length,
      roster: roster.students.length,
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
    if (order === 'arrival') {
      return rows;
    }
    const byId = (one, other) => this.#ids.compare(one.studentId, other.studentId) || KnownStudents.byId(one, other);
    const bySurname = Roster.bySurname(this.#texts);
    return rows.sort(order === 'id' ? byId : (one, other) => (one.student && other.student
      ? bySurname(one.student, other.student) || byId(one, other)
      : Number(one.student === null) - Number(other.student === null) || byId(one, other)));
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
