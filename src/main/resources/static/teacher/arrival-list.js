import { HeldRows } from './held-rows.js';
import { ShownRows } from './shown-rows.js';
import { statusOfKey } from './student-row.js';

const SPARE_ROWS = 6;
/** How long the rows stay in place after the pointer was used in the list. */
const HOLD_MS = 4_000;
/** The time between a person's decision and the tap. */
const REACTION_MS = 350;

/**
 * The list of the students, in which the teacher marks them. It has elements for the visible rows only, so that it stays fast
 * with thousands of students.
 */
export class ArrivalList {
  #view;
  #root;
  #rows;
  #students;
  #marks;
  #held;
  #shown;
  /** The student whose row can be reached with Tab. */
  #active = null;
  #rowHeight = 0;
  #heldUntil = 0;
  #isAtTop = true;
  #isMisplaced = false;

  /**
   * @param students the ListedStudents, which may change
   * @param known the KnownStudents of the roll
   */
  constructor(view, students, known, marks) {
    this.#view = view;
    this.#root = view.find('list');
    this.#rows = view.find('rows');
    this.#students = students;
    this.#marks = marks;
    this.#held = new HeldRows(students, known);
    this.#shown = new ShownRows(this.#rows, view.language, marks);
    this.resized = new ResizeObserver(() => {
      this.#rowHeight = 0;
      view.repaint();
    });
    this.resized.observe(this.#root);
    this.#listen();
  }

  get matches() {
    return this.#held.rows.length;
  }

  /** How many students came while the rows stay where they are. */
  get fresh() {
    return this.#held.fresh;
  }

  /** @param wanted which students are listed in which order, as {@link ListedStudents#want} takes it */
  want(wanted) {
    this.#students.want(wanted);
    this.#held.restart();
    this.#root.scrollTop = 0;
  }

  /** Scrolls to the row of a student, and points it out. */
  show(studentId) {
    this.#hold();
    this.#activate(studentId);
    const { element } = this.#shown.get(studentId) ?? {};
    element?.classList.remove('pointed');
    requestAnimationFrame(() => requestAnimationFrame(() => element?.classList.add('pointed')));
  }

  /** Gives the focus to the row that had it last. */
  focus() {
    this.#shown.get(this.#active)?.focus();
  }

  close() {
    this.resized.disconnect();
  }

  render() {
    const wasHeld = this.#held.isHeld;
    this.#held.isHeld = this.#isHeld;
    this.#rowHeight ||= this.#shown.measure();
    const top = Math.floor(this.#root.scrollTop / this.#rowHeight);
    if (!wasHeld) {
      this.#isAtTop = this.#root.scrollTop === 0;
    }
    const before = this.#held.rows;
    this.#held.update();
    this.#rows.style.blockSize = `${this.#held.rows.length * this.#rowHeight}px`;
    this.#rows.style.minBlockSize = this.#held.isHeld ? this.#rows.style.minBlockSize : '';
    if (wasHeld && !this.#held.isHeld && this.#isAtTop) {
      this.#root.scrollTop = 0;
    } else if (this.#root.scrollTop > 0 || this.#held.isHeld) {
      this.#keepInPlace(before, top);
    }
    this.#showEmptyText();
    this.#showRows();
  }

  get #isHeld() {
    return performance.now() < this.#heldUntil || this.#shown.haveKeyboard;
  }

  #hold() {
    this.#heldUntil = performance.now() + HOLD_MS;
  }

  #listen() {
    this.#root.addEventListener('scroll', this.#view.repaint, { passive: true });
    for (const used of ['pointermove', 'wheel']) {
      this.#root.addEventListener(used, () => this.#hold(), { passive: true });
    }
    this.#rows.addEventListener('pointerdown', (event) => {
      const row = this.#shown.around(event.target);
      this.#isMisplaced = !this.#isHeld && row?.movedSince(performance.now() - REACTION_MS) === true;
      this.#hold();
    });
    this.#rows.addEventListener('click', (event) => {
      const { mark } = event.target.closest('[data-mark]')?.dataset ?? {};
      const isTap = event.detail > 0;
      if (mark && !(isTap && this.#isMisplaced)) {
        this.#marks.set(this.#shown.around(event.target).element.dataset.studentId, mark);
      }
    });
    this.#rows.addEventListener('focusin', (event) => {
      this.#active = this.#shown.around(event.target).element.dataset.studentId;
      this.#view.repaint();
    });
    this.#rows.addEventListener('keydown', (event) => this.#typed(event));
  }

  #typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const { rows } = this.#held;
    const index = this.#held.indexOf(this.#active);
    const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: rows.length - 1 }[event.key];
    const status = statusOfKey(event.key, this.#view.language);
    if (to !== undefined) {
      this.#activate(rows[Math.min(Math.max(to, 0), rows.length - 1)].studentId);
      this.focus();
    } else if (status) {
      this.#marks.set(this.#active, status);
    } else {
      return;
    }
    event.preventDefault();
  }

  #activate(studentId) {
    this.#active = studentId;
    this.render();
    const y = this.#held.indexOf(studentId) * this.#rowHeight;
    const lowest = y + this.#rowHeight - this.#root.clientHeight;
    this.#root.scrollTop = Math.max(lowest, Math.min(this.#root.scrollTop, y));
    this.render();
  }

  /** Keeps the visible rows in place when rows above them come or go. */
  #keepInPlace(before, top) {
    const { rows } = this.#held;
    if (rows === before) {
      return;
    }
    const places = new Map(rows.map(({ studentId, counts }, index) => [studentId + counts, index]));
    for (let was = top; was < before.length; was++) {
      const now = places.get(before[was].studentId + before[was].counts);
      if (now !== undefined) {
        this.#scrollTo(this.#root.scrollTop + (now - was) * this.#rowHeight);
        return;
      }
    }
  }

  /** A short list gets room at its end, so that it can be scrolled too while it is held. */
  #scrollTo(top) {
    if (this.#held.isHeld) {
      this.#rows.style.minBlockSize = `${top + this.#root.clientHeight}px`;
    }
    this.#root.scrollTop = top;
  }

  #showRows() {
    const { rows } = this.#held;
    const first = Math.max(0, Math.floor(this.#root.scrollTop / this.#rowHeight) - SPARE_ROWS);
    const fits = Math.ceil(this.#root.clientHeight / this.#rowHeight) + 2 * SPARE_ROWS;
    const indexes = rows.slice(first, first + fits).map((row, index) => first + index);
    const active = this.#held.indexOf(this.#active);
    if (active >= 0 && !indexes.includes(active)) {
      indexes.splice(active < first ? 0 : indexes.length, 0, active);
    }
    const reachable = active >= 0 ? active : Math.ceil(this.#root.scrollTop / this.#rowHeight);
    this.#shown.show(rows, indexes, { height: this.#rowHeight, scrolled: this.#root.scrollTop }, reachable);
  }

  #showEmptyText() {
    this.#view.find('empty').hidden = this.#held.rows.length > 0;
    this.#view.text('empty', this.#view.language.text(this.#emptyText(), { text: this.#students.search.trim() }));
  }

  #emptyText() {
    if (this.#students.counts.listed === 0) {
      return 'roll.none';
    }
    return this.#students.search.trim() === '' ? 'roster.noneOfFilter' : 'roll.noMatch';
  }
}
