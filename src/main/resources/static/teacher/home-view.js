import { View } from './view.js';

const LARGEST_CLASS = 9007199254740991;
const LIST_EVERY_MS = 5_000;

/** The form that opens a roll, and the list of open rolls. */
export class HomeView extends View {
  #timer = null;
  #closed = false;
  #listed = '';

  constructor(app, classId = '') {
    super(app, 'home');
    this.root.querySelector('input').value = classId;
    this.find('start').addEventListener('submit', (event) => this.#start(event));
    this.#list();
  }

  translated() {
    return new HomeView(this.app, this.root.querySelector('input').value);
  }

  shown() {
    this.root.querySelector('input').focus();
  }

  closed() {
    super.closed();
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #start(event) {
    event.preventDefault();
    const typed = this.root.querySelector('input').value.trim();
    const button = this.root.querySelector('button');
    this.find('already').hidden = true;
    if (!/^[0-9]{1,16}$/.test(typed) || Number(typed) < 1 || Number(typed) > LARGEST_CLASS) {
      this.#problem(this.language.text('start.invalid'));
      return;
    }
    this.#problem('');
    button.disabled = true;
    button.textContent = this.language.text('start.starting');
    const classId = Number(typed);
    try {
      await this.app.api.start(classId);
      this.app.go(`#${classId}`);
    } catch (problem) {
      await this.#notStarted(classId, problem);
    }
    button.disabled = false;
    button.textContent = this.language.text('start.start');
  }

  async #notStarted(classId, problem) {
    if (problem.status !== 409) {
      this.#problem(this.explain(problem));
      return;
    }
    const time = problem.body.startedAt ? this.language.moment(problem.body.startedAt) : '';
    this.#problem(this.language.text('start.alreadyOpen', { class: classId, time }));
    this.find('show-roll').href = `#${classId}`;
    this.find('already').hidden = false;
  }

  #problem(text) {
    this.text('problem', text);
    this.root.querySelector('input').toggleAttribute('aria-invalid', text !== '');
  }

  async #list() {
    try {
      this.#show(await this.app.api.openRolls());
      this.text('list-problem', '');
    } catch (problem) {
      this.text('list-problem', this.explain(problem));
    }
    if (!this.#closed) {
      this.#timer = setTimeout(() => this.#list(), LIST_EVERY_MS);
    }
  }

  /** Shows the rolls. If they are the same as before, it changes nothing, so that the keyboard's focus is kept. */
  #show(rolls) {
    const listed = JSON.stringify(rolls);
    if (this.#closed || listed === this.#listed) {
      return;
    }
    this.#listed = listed;
    const focused = this.find('open-rolls').querySelector('a:focus')?.getAttribute('href');
    this.find('open-rolls').replaceChildren(...rolls.map((roll) => this.#line(roll)));
    this.find('open-rolls').querySelector(`a[href="${focused}"]`)?.focus();
    this.find('none').hidden = rolls.length > 0;
  }

  #line(roll) {
    const line = View.copy('open-roll', this.language);
    line.querySelector('[data-link]').href = `#${roll.classId}`;
    line.querySelector('[data-class]').textContent = this.language.text('openRolls.line', { class: roll.classId });
    line.querySelector('[data-since]').textContent =
      this.language.text('openRolls.since', { time: this.language.moment(roll.startedAt) });
    line.querySelector('[data-count]').textContent = this.language.count('count', roll.present);
    return line;
  }
}
