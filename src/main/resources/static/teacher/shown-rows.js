import { StudentRow } from './student-row.js';

/** The elements of the rows that are on the screen. An element belongs to one student as long as it exists. */
export class ShownRows {
  #root;
  #language;
  #marks;
  /** The StudentRow of each student who has an element. */
  #rows = new Map();

  constructor(root, language, marks) {
    this.#root = root;
    this.#language = language;
    this.#marks = marks;
  }

  /** The StudentRow of a student, undefined if there is none. */
  get(studentId) {
    return this.#rows.get(studentId);
  }

  /** The StudentRow around an element. */
  around(element) {
    return this.#rows.get(element.closest('li')?.dataset.studentId);
  }

  /** Whether the keyboard is used in a row. */
  get haveKeyboard() {
    return this.#root.querySelector(':focus-visible') !== null;
  }

  /** The height of a row. */
  measure() {
    const { element } = new StudentRow('0', this.#language);
    this.#root.append(element);
    const { height } = element.getBoundingClientRect();
    element.remove();
    return height || 1;
  }

  /**
   * Shows these rows and no others.
   * @param rows all rows
   * @param indexes those that are shown, ascending
   * @param place {height, scrolled}: the height of a row, and how far the list is scrolled
   * @param reachable the index of the row that can be reached with Tab
   */
  show(rows, indexes, { height, scrolled }, reachable) {
    const shown = indexes.map((index) => {
      const row = this.#fill(rows[index]);
      row.moveTo(index * height, scrolled, index, rows.length);
      row.isReachable = index === reachable;
      return row;
    });
    for (const [studentId, row] of this.#rows) {
      if (!shown.includes(row)) {
        row.element.remove();
        this.#rows.delete(studentId);
      }
    }
    this.#arrange(shown);
  }

  #fill(student) {
    const { studentId } = student;
    const row = this.get(studentId) ?? new StudentRow(studentId, this.#language);
    this.#rows.set(studentId, row);
    row.fill(student, this.#marks.statusOf(studentId), this.#marks.isWaiting(studentId));
    return row;
  }

  /** Brings the elements into the order of the rows. The one with the focus stays, because it would lose the focus. */
  #arrange(shown) {
    let next = this.#root.firstElementChild;
    for (const { element, hasFocus } of shown) {
      while (hasFocus && next !== element) {
        const later = next;
        next = next.nextElementSibling;
        this.#root.append(later);
      }
      if (element === next) {
        next = next.nextElementSibling;
      } else {
        this.#root.insertBefore(element, next);
      }
    }
  }
}
