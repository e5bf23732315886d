import { Poll } from './poll.js';

const LARGEST_CLASS = 9007199254740991;

/** The form that opens the roll of a class. It repeats the start until this server has answered. */
export class StartForm {
  #view;
  #input;
  /** The Poll that starts the roll, null if none is under way. */
  #starting = null;
  #wrong = '';
  /** The Problem with which this server refused the start. */
  #refused = null;
  #classId = null;

  constructor(view, typed) {
    this.#view = view;
    this.#input = view.root.querySelector('input');
    this.#input.value = typed;
    this.#input.addEventListener('input', () => this.#reset());
    view.find('start').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start();
    });
  }

  get typed() {
    return this.#input.value;
  }

  focus() {
    this.#input.focus();
  }

  stop() {
    this.#starting?.stop();
    this.#starting = null;
  }

  draw() {
    const { language } = this.#view;
    const isOpen = this.#refused?.type === 'roll-already-open';
    this.#view.text('problem', this.#wrong || (this.#refused ? this.#refusal() : ''));
    this.#view.text('trouble', this.#view.tryingAgain(this.#starting?.trouble));
    if (this.#wrong) {
      this.#input.setAttribute('aria-invalid', 'true');
    } else {
      this.#input.removeAttribute('aria-invalid');
    }
    this.#view.find('already').hidden = !isOpen;
    this.#view.find('show-roll').href = `#${this.#classId}`;
    this.#view.text('button', language.text(this.#starting ? 'start.starting' : 'start.start'));
  }

  #reset() {
    this.stop();
    this.#wrong = '';
    this.#refused = null;
    this.#view.repaint();
  }

  #start() {
    if (this.#starting) {
      return;
    }
    this.#reset();
    const typed = this.typed.trim();
    if (!/^[0-9]+$/.test(typed) || Number(typed) < 1 || Number(typed) > LARGEST_CLASS) {
      this.#wrong = this.#view.language.text(typed === '' ? 'start.empty' : 'start.invalid', { typed });
      return;
    }
    this.#classId = Number(typed);
    this.#starting = new Poll({
      request: () => this.#open(),
      taken: (refused) => this.#answered(refused),
      changed: this.#view.repaint
    });
    this.#starting.now();
  }

  /** Returns null if the roll was opened, or the Problem with which this server refused it. */
  async #open() {
    try {
      await this.#view.app.api.start(this.#classId);
      return null;
    } catch (problem) {
      return problem.isFinal ? problem : Promise.reject(problem);
    }
  }

  #answered(refused) {
    const isRepeated = this.#starting.attempts > 1;
    this.stop();
    if (refused === null || (isRepeated && refused.type === 'roll-already-open')) {
      this.#view.app.go(`#${this.#classId}`);
    } else {
      this.#refused = refused;
    }
  }

  #refusal() {
    const { language } = this.#view;
    const { startedAt } = this.#refused.body;
    return this.#refused.type === 'roll-already-open' && startedAt
      ? language.text('start.alreadyOpen', { class: this.#classId, time: language.moment(startedAt) })
      : this.#view.explain(this.#refused);
  }
}
