import { RandomDraw } from './random-draw.js';
import { statusOfKey } from './student-row.js';
import { UndoBar } from './undo-bar.js';
import { View } from './view.js';

const AT_A_TIME = 5;

/** Calls five students who are present, drawn at random: the teacher says of each whether they are really here. */
export class SpotCheck {
  #view;
  #students;
  #marks;
  #dialog;
  #undo;
  #draw;
  /** The called students by id, and whom the teacher has seen. */
  #called = [];
  #seen = new Set();
  /** The student whose answer is awaited, as shown. */
  #current = null;

  /**
   * @param view the RollView
   * @param draw the RandomDraw of the roll
   */
  constructor(view, students, marks, draw) {
    this.#view = view;
    this.#students = students;
    this.#marks = marks;
    this.#draw = draw;
    this.#dialog = View.copy('spot-check', view.language);
    view.root.append(this.#dialog);
    this.#undo = new UndoBar(view, this.#dialog, marks, () => this.#focus());
    view.find('spot-check').addEventListener('click', () => this.#open());
    this.#hook('next').addEventListener('click', () => this.#next());
    this.#hook('done').addEventListener('click', () => this.#dialog.close());
    this.#hook('called').addEventListener('click', (event) => this.#answer(event.target.closest('[data-answer]')?.dataset.answer));
    this.#dialog.addEventListener('keydown', (event) => this.#typed(event));
  }

  draw() {
    this.#view.find('spot-check').disabled = this.#students.present.length === 0;
    if (!this.#dialog.open) {
      return;
    }
    this.#undo.draw();
    const current = this.#called.find((id) => !this.#isAnswered(id)) ?? null;
    const lines = [...this.#hook('called').children];
    this.#called.forEach((id, index) => this.#drawLine(lines[index], id, current));
    if (this.#current !== current) {
      this.#current = current;
      this.#focus();
    }
    this.#hook('next').classList.toggle('primary', current === null);
  }

  #open() {
    this.#dialog.showModal();
    this.#next();
  }

  #next() {
    this.#seen.clear();
    const { ids, isNewRound } = this.#draw.next(this.#students.present.map(({ studentId }) => studentId), AT_A_TIME);
    this.#called = ids;
    this.#current = null;
    this.#hook('called-what').textContent = this.#view.language.count('spotCheck.what', ids.length);
    this.#hook('round').hidden = !isNewRound;
    this.#hook('called').replaceChildren(...ids.map((id) => this.#line(id)));
    this.draw();
    this.#focus();
  }

  #line(id) {
    const line = View.copy('called', this.#view.language);
    line.querySelector('[data-name]').textContent = this.#view.nameOf(id);
    line.querySelector('[data-id]').textContent = id;
    return line;
  }

  #drawLine(line, id, current) {
    line.classList.toggle('current', id === current);
    line.querySelector('[data-answers]').hidden = id !== current;
    const result = this.#isAnswered(id) ? this.#view.language.text(this.#isAbsent(id) ? 'marks.absent' : 'spotCheck.here') : '';
    line.querySelector('[data-result]').textContent = result;
    line.dataset.result = this.#isAnswered(id) ? (this.#isAbsent(id) ? 'absent' : 'here') : 'open';
  }

  #isAbsent(id) {
    return ['absent', 'excused'].includes(this.#marks.statusOf(id));
  }

  #isAnswered(id) {
    return this.#seen.has(id) || this.#isAbsent(id);
  }

  #answer(answer) {
    if (answer && this.#current !== null) {
      if (answer === 'absent') {
        this.#marks.set(this.#current, 'absent');
      } else {
        this.#seen.add(this.#current);
      }
      this.draw();
    }
  }

  /** The keys of the list: present, absent. */
  #typed(event) {
    const status = event.ctrlKey || event.metaKey || event.altKey ? undefined : statusOfKey(event.key, this.#view.language);
    if (status === 'present' || status === 'absent') {
      event.preventDefault();
      this.#answer(status);
    }
  }

  /** The heading of the called student gets the focus, so that a screen reader reads it out and no key answers by mistake. */
  #focus() {
    const line = this.#hook('called').children[this.#called.indexOf(this.#current)];
    (line?.querySelector('[data-who]') ?? this.#hook('next')).focus();
  }

  #hook(name) {
    return this.#dialog.querySelector(`[data-${name}]`);
  }
}
