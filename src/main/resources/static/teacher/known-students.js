const STUDENT_EVENTS = ['presence', 'absence'];

/**
 * What is known about an open roll: its students, its times and whether it asks for a code, after the first seq changes, of
 * which none is missing. Events and readings replace what was known of a student; the change with the larger seq counts.
 */
export class KnownStudents {
  /** The number of the last change without a hole before it. */
  seq = 0;

  /** From when students are late, and when the roll ends by itself; null if the teacher set no such time. */
  lateAt = null;
  endsAt = null;

  /** Whether students need a code. */
  code = false;

  /** The last row of each student, by student id. */
  #rows = new Map();
  /** Events, by seq, that arrived before the one with the previous seq. */
  #early = new Map();
  /** The lists, null if they must be made again. */
  #lists = null;

  /** The students who count, with their place in the order of arrival. It is the same array until something changes. */
  get present() {
    return this.#made.present;
  }

  /** The students of whom the teacher said that they do not count, by student id. */
  get absent() {
    return this.#made.absent;
  }

  /** Whether changes are missing: events arrived whose predecessors are not known. */
  get hasGap() {
    return this.#early.size > 0;
  }

  /** The status of a student, or null if the student is not known: "present", "late", "excused" or "absent". */
  statusOf(studentId) {
    const row = this.find(studentId);
    return row && (row.status ?? 'present');
  }

  /** The number of the last change of a student, 0 for an unknown one. */
  seqOf(studentId) {
    return this.#rows.get(studentId)?.seq ?? 0;
  }

  /** The row of a student, or null. */
  find(studentId) {
    return this.#made.byId.get(studentId) ?? null;
  }

  /** Takes the answer to a mark. It says nothing about the changes before it. */
  takeMark(row) {
    this.#takeRow(row, row.status === undefined || row.status === 'late');
  }

  /** Takes the answer to a read: the rows that changed after some seq, and the state of the roll at its own seq. */
  takeReading({ presences = [], absences = [], seq = 0, ...options }) {
    presences.forEach((row) => this.#takeRow(row, true));
    absences.forEach((row) => this.#takeRow(row, false));
    if (seq >= this.seq) {
      this.#takeOptions(seq, options);
    }
    this.#takeEarly();
  }

  /** Takes the answer to a change of the roll. It says nothing about the students. */
  takeChange(state) {
    this.takeEvent({ ...state, type: 'changed' });
  }

  /** Takes an event. What an event of an unknown type changed is known only after a read. */
  takeEvent(event) {
    if (event.seq > this.seq) {
      this.#early.set(event.seq, event);
      this.#takeEarly();
    }
  }

  #takeEarly() {
    for (let next = this.#early.get(this.seq + 1); next && this.#takeNext(next); next = this.#early.get(this.seq + 1));
    for (const seq of this.#early.keys()) {
      if (seq <= this.seq) {
        this.#early.delete(seq);
      }
    }
  }

  #takeNext(event) {
    if (STUDENT_EVENTS.includes(event.type)) {
      this.#takeRow(event, event.type === 'presence');
      this.seq = event.seq;
    } else if (event.type === 'changed') {
      this.#takeOptions(event.seq, event);
    } else {
      return false;
    }
    return true;
  }

  #takeRow({ seq, studentId, at, status, by }, counts) {
    if (seq > (this.#rows.get(studentId)?.seq ?? 0)) {
      this.#rows.set(studentId, { seq, studentId, at, time: Date.parse(at), status, by, counts });
      this.#lists = null;
    }
  }

  #takeOptions(seq, { lateAt = null, endsAt = null, code = false }) {
    this.seq = seq;
    this.endsAt = endsAt;
    this.code = code;
    if (this.lateAt !== lateAt) {
      this.lateAt = lateAt;
      this.#lists = null;
    }
  }

  get #made() {
    this.#lists ??= this.#make([...this.#rows.values()]);
    return this.#lists;
  }

  #make(rows) {
    const present = rows.filter((row) => row.counts).sort(KnownStudents.#byArrival)
      .map((row, index) => ({ ...row, place: index + 1, status: this.#isLate(row) ? 'late' : undefined }));
    const absent = rows.filter((row) => !row.counts).sort(KnownStudents.byId);
    return { present, absent, byId: new Map([...present, ...absent].map((row) => [row.studentId, row])) };
  }

  /** The teacher's mark decides, otherwise the time: a change of the time concerns rows that were read before it. */
  #isLate({ by, status, time }) {
    return by ? status === 'late' : this.lateAt !== null && time >= Date.parse(this.lateAt);
  }

  /** A mark gives a row a new seq, and leaves the time of the arrival. */
  static #byArrival(one, other) {
    return one.time - other.time || one.seq - other.seq;
  }

  static byId(one, other) {
    return one.studentId < other.studentId ? -1 : 1;
  }
}
