const DIGITS_AFTER_ZEROS = /^0+(?=[0-9]+$)/;

/** The students of a class as a file listed them: who they are, and which of them has an id that arrived. */
export class Roster {
  /**
   * The students in the file's order: {id, name, surname}. The name is the full name; the surname is empty if the file
   * does not tell it apart. Both are empty in a list of ids only.
   */
  students;

  #exact;
  #anyCase;
  #withoutZeros;

  constructor(students) {
    this.students = students;
    this.#exact = new Map(students.map((student) => [student.id, student]));
    this.#anyCase = Roster.#unique(students, Roster.#lower);
    this.#withoutZeros = Roster.#unique(students, Roster.#number);
  }

  /** Whether the file tells surnames apart, so that the students can be sorted by them. */
  get hasSurnames() {
    return this.students.some(({ surname }) => surname !== '');
  }

  get hasNames() {
    return this.students.some(({ name }) => name !== '');
  }

  /**
   * The student with this id, or null: the same text first, then in any case, then without the leading zeros that
   * spreadsheets remove. An id that fits two students is nobody's.
   */
  match(studentId) {
    return this.#exact.get(studentId) ?? this.#anyCase.get(Roster.#lower(studentId))
      ?? this.#withoutZeros.get(Roster.#number(studentId)) ?? null;
  }

  static #unique(students, form) {
    const found = new Map();
    for (const student of students) {
      const key = form(student.id);
      found.set(key, found.has(key) ? null : student);
    }
    return found;
  }

  static #lower(id) {
    return id.toLowerCase();
  }

  static #number(id) {
    return Roster.#lower(id).replace(DIGITS_AFTER_ZEROS, '');
  }
}
