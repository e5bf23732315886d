const SPARE_ROWS = 6;
/** Ids with more characters are shown in a smaller font, on several lines. */
const LONG_ID = 20;

/**
 * The list of arrivals, and after them of the students who are not present. It has elements for the visible rows only and
 * reuses them, so that it stays fast with thousands of students.
 */
export class ArrivalList {
  #root;
  #rows;
  #empty;
  #language;
  #students;
  #shown = [];
  #rowHeight = 0;

  /**
   * @param root the scrolling element
   * @param students the ListedStudents, which may change
   * @param repaint requests a render() in the next frame
   */
  constructor(root, students, language, repaint) {
    this.#root = root;
    this.#rows = root.querySelector('[data-rows]');
    this.#empty = root.querySelector('[data-empty]');
    this.#students = students;
    this.#language = language;
    root.addEventListener('scroll', repaint, { passive: true });
    this.resized = new ResizeObserver(() => {
      this.#rowHeight = 0;
      repaint();
    });
    this.resized.observe(root);
  }

  get matches() {
    return this.#shown.length;
  }

  /** @param wanted which students are listed in which order, as {@link ListedStudents#want} takes it */
  want(wanted) {
    this.#students.want(wanted);
    this.#shown = [];
    this.#root.scrollTop = 0;
  }

  close() {
    this.resized.disconnect();
  }

  render() {
    this.#measure();
    const height = this.#rowHeight;
    const top = Math.floor(this.#root.scrollTop / height);
    const anchor = this.#root.scrollTop > 0 ? this.#shown[top] : null;
    this.#shown = this.#students.rows;
    this.#showEmptyText();
    this.#rows.style.blockSize = `${this.#shown.length * height}px`;
    if (this.#students.order === 'arrival' && anchor) {
      this.#keepInPlace(anchor.studentId, top);
    }
    const first = Math.max(0, Math.floor(this.#root.scrollTop / height) - SPARE_ROWS);
    const fits = Math.ceil(this.#root.clientHeight / height) + 2 * SPARE_ROWS;
    const count = Math.min(fits, this.#shown.length - first);
    this.#setRowCount(count);
    for (let i = 0; i < count; i++) {
      this.#fill(this.#rows.children[i], first + i);
    }
  }

  /** New rows are added at the top. The visible rows stay in place. */
  #keepInPlace(studentId, before) {
    const now = this.#shown.findIndex((student) => student.studentId === studentId);
    if (now >= 0) {
      this.#root.scrollTop += (now - before) * this.#rowHeight;
    }
  }

  #showEmptyText() {
    this.#empty.hidden = this.#shown.length > 0;
    this.#empty.textContent = this.#language.text(this.#emptyText(), { text: this.#students.search.trim() });
  }

  #emptyText() {
    if (this.#students.counts.listed === 0) {
      return 'roll.none';
    }
    return this.#students.search.trim() === '' ? 'roster.noneOfFilter' : 'roll.noMatch';
  }

  #measure() {
    if (this.#rowHeight === 0) {
      this.#setRowCount(1);
      this.#rowHeight = this.#rows.firstElementChild.getBoundingClientRect().height || 1;
    }
  }

  #setRowCount(count) {
    while (this.#rows.childElementCount > count) {
      this.#rows.lastElementChild.remove();
    }
    while (this.#rows.childElementCount < count) {
      const row = document.createElement('li');
      for (const part of ['place', 'name', 'id', 'status', 'at']) {
        row.append(Object.assign(document.createElement('span'), { className: part }));
      }
      this.#rows.append(row);
    }
  }

  #fill(row, index) {
    const student = this.#shown[index];
    row.style.transform = `translateY(${index * this.#rowHeight}px)`;
    row.setAttribute('aria-posinset', index + 1);
    row.setAttribute('aria-setsize', this.#shown.length);
    row.classList.toggle('absent', !student.counts);
    row.classList.toggle('unknown', student.unknown);
    row.classList.toggle('named', student.name !== '');
    row.dataset.place = student.place ?? '';
    row.dataset.studentId = student.studentId;
    row.children[2].classList.toggle('long', student.studentId.length > LONG_ID);
    const texts = [student.place ? this.#language.number(student.place) : '', student.name, student.studentId,
      this.#language.status(student), student.at ? this.#language.time(student.at) : ''];
    texts.forEach((text, part) => ArrivalList.#setText(row.children[part], text));
  }

  static #setText(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }
}
