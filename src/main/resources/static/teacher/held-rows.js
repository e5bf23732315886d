/**
 * The rows of the list, as the ListedStudents have them. While they are held, every row keeps its place: new ones come first,
 * and a student whom the filter would hide now stays.
 */
export class HeldRows {
  rows = [];

  #listed;
  #known;
  #isHeld = false;
  /** The rows of the ListedStudents of which these were made. */
  #made = null;
  /** How many rows there were when the hold began. */
  #before = 0;

  constructor(listed, known) {
    this.#listed = listed;
    this.#known = known;
  }

  get isHeld() {
    return this.#isHeld;
  }

  set isHeld(isHeld) {
    if (this.#isHeld !== isHeld) {
      this.#isHeld = isHeld;
      this.#before = this.rows.length;
      this.#made = null;
    }
  }

  /** How many students came since the rows are held. */
  get fresh() {
    return this.#isHeld ? this.rows.length - this.#before : 0;
  }

  indexOf(studentId) {
    return this.rows.findIndex((row) => row.studentId === studentId);
  }

  /** Makes the rows again if the students have changed. */
  update() {
    const { rows } = this.#listed;
    if (this.#made !== rows) {
      this.#made = rows;
      if (this.rows.length === 0) {
        this.#before = rows.length;
      }
      this.rows = this.#isHeld ? this.#inPlace(rows) : rows;
    }
  }

  /** Forgets where the rows were, because others are wanted. */
  restart() {
    this.#isHeld = false;
    this.#made = null;
    this.rows = [];
  }

  #inPlace(rows) {
    const fresh = new Map(rows.map((row) => [row.studentId, row]));
    const kept = this.rows.map((row) => fresh.get(row.studentId) ?? this.#hidden(row));
    kept.forEach(({ studentId }) => fresh.delete(studentId));
    return [...fresh.values(), ...kept];
  }

  #hidden(row) {
    const now = this.#known.find(row.studentId);
    return now ? { ...row, ...now } : row;
  }
}
