export const STATUSES = ['present', 'late', 'excused', 'absent'];

/** Ids with more characters are shown in a smaller font, on several lines: wide ones on phones, long ones everywhere. */
const WIDE_ID = 10;
const LONG_ID = 20;

/** The status whose key this is, or undefined. */
export const statusOfKey = (key, language) => STATUSES.find((status) => language.text(`marking.keys.${status}`) === key.toUpperCase());

/** The row of one student in the list: place, id, status and time, and a button for each status. */
export class StudentRow {
  element = document.createElement('li');

  #language;
  #parts = {};
  #buttons;
  /** Where the row is on the screen, and since when. */
  #y = null;
  #movedAt = performance.now();

  constructor(studentId, language) {
    this.#language = language;
    this.element.dataset.studentId = studentId;
    const line = Object.assign(document.createElement('div'), { className: 'line' });
    for (const name of ['place', 'name', 'id', 'status', 'at']) {
      this.#parts[name] = Object.assign(document.createElement('span'), { className: name });
      line.append(this.#parts[name]);
    }
    this.#parts.id.textContent = studentId;
    this.#parts.id.classList.toggle('wide', studentId.length > WIDE_ID);
    this.#parts.id.classList.toggle('long', studentId.length > LONG_ID);
    this.#buttons = STATUSES.map((status) => this.#button(studentId, status));
    const buttons = Object.assign(document.createElement('div'), { className: 'marking' });
    buttons.append(...this.#buttons);
    this.element.append(line, buttons);
  }

  get hasFocus() {
    return this.element.contains(document.activeElement);
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }

  /** Whether the row moved so lately that a finger on it may have meant another one. */
  movedSince(time) {
    return this.#movedAt > time;
  }

  /**
   * @param student the row of the ListedStudents
   * @param status the status to show, which the student may be about to get; null for none
   * @param isWaiting whether the server has not confirmed it yet
   */
  fill(student, status, isWaiting) {
    const counts = isWaiting ? status === 'present' || status === 'late' : student.counts;
    const { dataset, classList } = this.element;
    dataset.place = student.place ?? '';
    for (const [name, is] of [['absent', !counts], ['saving', isWaiting], ['unknown', student.unknown], ['named', student.name !== '']]) {
      classList.toggle(name, is);
    }
    const word = isWaiting ? this.#language.text('marking.saving') : this.#language.status(student);
    for (const [part, text] of [['place', student.place ? this.#language.number(student.place) : ''], ['name', student.name],
      ['status', word], ['at', student.at ? this.#language.time(student.at) : '']]) {
      if (this.#parts[part].textContent !== text) {
        this.#parts[part].textContent = text;
      }
    }
    const label = [student.name, student.studentId, word || this.#language.text('marks.present')].filter(Boolean).join(', ');
    this.element.setAttribute('aria-label', label);
    this.#buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.mark === status)));
  }

  /** @param scrolled how far the list is scrolled: the row moves on the screen if both do not change together */
  moveTo(y, scrolled, index, count) {
    if (this.#y !== null && Math.abs(this.#y - (y - scrolled)) > 2) {
      this.#movedAt = performance.now();
    }
    this.#y = y - scrolled;
    this.element.style.transform = `translateY(${y}px)`;
    this.element.setAttribute('aria-posinset', index + 1);
    this.element.setAttribute('aria-setsize', count);
  }

  /** Only one row of the list, and its buttons, can be reached with Tab; the arrow keys go to the others. */
  set isReachable(isReachable) {
    for (const element of [this.element, ...this.#buttons]) {
      element.tabIndex = isReachable ? 0 : -1;
    }
  }

  #button(studentId, status) {
    const word = this.#language.text(`marks.${status}`);
    const button = Object.assign(document.createElement('button'), {
      type: 'button', title: word, textContent: this.#language.text(`marking.keys.${status}`)
    });
    button.dataset.mark = status;
    button.setAttribute('aria-label', `${word}, ${studentId}`);
    return button;
  }
}
