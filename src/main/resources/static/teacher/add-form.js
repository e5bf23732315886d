import { ID } from './scan-pattern.js';

const NOBODY = [];
const NOTHING = () => '';

/** The field with which the teacher puts a student on the list by hand: by the id, or by a name of the roster. */
export class AddForm {
  #view;
  #classId;
  #students;
  #marks;
  #show;
  #field;
  /** The id whose answer is awaited, and what makes the text about the last one: names may be hidden later. */
  #asked = null;
  #text = NOTHING;
  #isWrong = false;
  #listed = null;

  /** @param show shows the row of a student */
  constructor(view, classId, students, marks, show) {
    this.#view = view;
    this.#classId = classId;
    this.#students = students;
    this.#marks = marks;
    this.#show = show;
    this.#field = view.find('add-id');
    view.find('add').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#add(this.#field.value.trim());
      view.draw();
    });
    this.#field.addEventListener('input', () => {
      this.#text = NOTHING;
      this.#isWrong = false;
      view.repaint();
    });
  }

  draw() {
    this.#takeAnswer();
    this.#offerNames();
    this.#view.text('added', this.#text());
    this.#view.find('added').classList.toggle('problem', this.#isWrong);
    this.#field.setAttribute('aria-invalid', String(this.#isWrong));
  }

  get #roster() {
    return this.#view.app.rosters.of(this.#classId);
  }

  /** The students of the roster who can be found by their names. */
  get #named() {
    return this.#view.app.rosters.namesHidden ? NOBODY : this.#roster?.students ?? NOBODY;
  }

  #add(typed) {
    const { ids, mistake } = this.#understand(typed);
    this.#isWrong = mistake !== undefined;
    if (this.#isWrong) {
      this.#text = () => this.#view.language.text(`adding.${mistake}`, { typed, ids: ids.join(', ') });
      return;
    }
    const [id] = ids;
    this.#field.value = '';
    const known = this.#students.find(id);
    this.#asked = known?.counts ? null : id;
    this.#text = this.#say(known?.counts ? 'there' : 'asking', id);
    if (known) {
      this.#show(id);
    }
    if (!known?.counts) {
      this.#marks.set(id, 'present');
    }
  }

  /** Returns {ids} with one id, or with a mistake: "missing", "wrong" or "several". */
  #understand(typed) {
    const name = AddForm.#plain(typed);
    const found = name === '' ? [] : this.#named.filter((student) => AddForm.#plain(student.name).includes(name));
    if (ID.test(typed) && (found.length === 0 || /[0-9]/.test(typed))) {
      return { ids: [this.#idOf(this.#roster?.match(typed), typed)] };
    }
    const ids = found.map((student) => this.#idOf(student));
    return ids.length === 1 ? { ids } : { ids, mistake: typed === '' ? 'missing' : ids.length > 1 ? 'several' : 'wrong' };
  }

  /** The id with which a student of the roster is on the list already, else the id of the roster, else what was typed. */
  #idOf(student, typed) {
    const { present, absent } = this.#students;
    const listed = student && [...present, ...absent].find(({ studentId }) => this.#roster.match(studentId) === student);
    return this.#students.find(typed)?.studentId ?? listed?.studentId ?? student?.id ?? typed;
  }

  /** The undo bar shows a refusal, as for all marks. */
  #takeAnswer() {
    if (this.#asked !== null && !this.#marks.isWaiting(this.#asked)) {
      const isThere = this.#students.find(this.#asked)?.counts === true;
      this.#text = isThere ? this.#say('added', this.#asked) : NOTHING;
      if (isThere) {
        this.#show(this.#asked);
      }
      this.#asked = null;
    }
  }

  #say(key, id) {
    return () => this.#view.language.text(`adding.${key}`, { id: this.#view.who(id) });
  }

  /** Fills the list of names only if the roster has changed, because it may be open. */
  #offerNames() {
    const students = this.#named;
    if (this.#listed !== students) {
      this.#listed = students;
      this.#view.find('known-names').replaceChildren(...students.map(({ id, name }) => new Option(name, id)));
    }
  }

  /** A name without accents and in small letters. */
  static #plain(text) {
    return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  }
}
