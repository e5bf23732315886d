import { KnownStudents } from './known-students.js';
import { Roster } from './roster.js';

/**
 * The students of a roll with the roster of their class. Each row gets its student of the roster, null if there is none;
 * isUnknown says that there is a roster and the student is not on it.
 */
export class RosterJoin {
  present;
  absent;
  /** Rows of the students of the roster who neither answered nor were marked: isMissing. */
  missing;

  /**
   * @param present the rows of the students who count
   * @param absent the rows of those of whom the teacher said that they do not
   * @param roster null if there is none
   */
  constructor(present, absent, roster) {
    const matched = new Set();
    [this.present, this.absent] = [present, absent].map((rows) => rows.map((row) => {
      const student = roster?.match(row.studentId) ?? null;
      matched.add(student);
      return { ...row, student, isUnknown: roster !== null && student === null };
    }));
    this.missing = (roster?.students ?? []).filter((student) => !matched.has(student))
      .map((student) => ({ studentId: student.id, student, counts: false, isMissing: true }));
  }

  /** Returns the order of rows by "id", with numbers as numbers, or by "surname", with those who are not on the roster last. */
  static order(by, language) {
    const ids = new Intl.Collator(language.tag, { numeric: true });
    const byId = (one, other) => ids.compare(one.studentId, other.studentId) || KnownStudents.byId(one, other);
    const bySurname = Roster.bySurname(new Intl.Collator(language.tag));
    return by === 'id' ? byId : (one, other) => (one.student && other.student
      ? bySurname(one.student, other.student) || byId(one, other)
      : Number(one.student === null) - Number(other.student === null) || byId(one, other));
  }
}
