const STATUSES = ['late', 'excused', 'absent', 'unanswered'];

/**
 * The students of a roll or of its sheet: those who count and those who do not, each with the student of the roster, and the
 * students of the roster who neither answered nor were marked.
 */
export class SheetStudents {
  /** The students who count, in the order of arrival. */
  present;
  /** The students whom the teacher marked as absent or excused, and then those who did not answer. */
  absent;
  #collator;

  /**
   * @param roster the Roster of the class, null if there is none
   * @param tag the language that decides the order of names
   */
  constructor({ presences, absences = [] }, roster, tag) {
    this.#collator = new Intl.Collator(tag, { numeric: true });
    const join = (row) => {
      const student = roster?.match(row.studentId) ?? null;
      return { ...row, student, unknown: roster !== null && student === null };
    };
    this.present = presences.map((row, index) => ({ ...join(row), counts: true, place: index + 1 }));
    const marked = absences.map((row) => ({ ...join(row), counts: false }));
    const known = new Set([...this.present, ...marked].map(({ student }) => student));
    const unanswered = (roster?.students ?? []).filter((student) => !known.has(student))
      .map((student) => ({ studentId: student.id, student, unknown: false, counts: false, status: 'unanswered' }));
    this.absent = [...marked, ...unanswered];
  }

  /** How many students have each status except "present". */
  get totals() {
    const all = [...this.present, ...this.absent];
    return Object.fromEntries(STATUSES.map((status) => [status, all.filter((row) => row.status === status).length]));
  }

  /** @param order of those who count; who does not count has no arrival and is then ordered by surname */
  ordered(order) {
    return {
      present: order === 'arrival' ? this.present : this.#sorted(this.present, order),
      absent: this.#sorted(this.absent, order === 'arrival' ? 'surname' : order)
    };
  }

  #sorted(rows, order) {
    const bySurname = ({ student }) => [student ? 0 : 1, ...student ? [student.surname || student.name, student.name] : []];
    return rows.map((row) => ({ row, keys: [...order === 'surname' ? bySurname(row) : [], row.studentId] }))
      .sort((one, other) => this.#compare(one.keys, other.keys)).map(({ row }) => row);
  }

  #compare(some, others) {
    return some.map((text, index) => this.#collator.compare(text, others[index])).find((result) => result !== 0)
      ?? (some.join() < others.join() ? -1 : 1);
  }
}
