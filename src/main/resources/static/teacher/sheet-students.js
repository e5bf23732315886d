import { RosterJoin } from './roster-join.js';

/** The students of a sheet with the roster of its class, null if there is none. */
export class SheetStudents {
  /** The students who count, in the order of arrival. */
  present;
  /** The students whom the teacher marked as absent or excused, and those of the roster who did not answer. */
  absent;
  /** How many students have each status; those who are late count too. */
  totals;

  constructor({ presences, absences = [] }, roster) {
    const joined = new RosterJoin(presences.map((row, index) => ({ ...row, counts: true, place: index + 1 })),
      absences.map((row) => ({ ...row, counts: false })), roster);
    this.present = joined.present;
    this.absent = [...joined.absent, ...joined.missing];
    const count = (wanted) => [...presences, ...absences].filter(({ status }) => status === wanted).length;
    this.totals = {
      count: presences.length, late: count('late'), excused: count('excused'), absent: count('absent'), unanswered: joined.missing.length
    };
  }

  /** @param order "arrival", "id" or "surname"; who does not count did not arrive, and is then ordered by surname */
  ordered(order, language) {
    return {
      present: order === 'arrival' ? this.present : [...this.present].sort(RosterJoin.order(order, language)),
      absent: [...this.absent].sort(RosterJoin.order(order === 'id' ? 'id' : 'surname', language))
    };
  }
}
