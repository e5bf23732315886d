import { Poll } from './poll.js';

/** The button that ends a roll, and its question. */
export class RollEnd {
  #view;
  #roll;
  #marks;
  #over;
  /** The Poll that ends the roll, null if the teacher did not click. */
  #ending = null;
  /** The Problem with which this server refused the end. */
  #refused = null;

  /**
   * @param marks the Marks of the page: the roll is ended after them
   * @param over called if the roll was ended somewhere else
   */
  constructor(view, roll, marks, over) {
    this.#view = view;
    this.#roll = roll;
    this.#marks = marks;
    this.#over = over;
    const dialog = view.find('dialog');
    view.find('end').addEventListener('click', () => this.#ending || dialog.showModal());
    view.find('keep').addEventListener('click', () => dialog.close());
    view.find('confirm').addEventListener('click', () => {
      dialog.close();
      this.end();
    });
  }

  get isUnderWay() {
    return this.#ending !== null;
  }

  stop() {
    this.#ending?.stop();
    this.#ending = null;
  }

  draw(count) {
    const { language } = this.#view;
    this.#view.text('end', language.text(this.#ending ? 'end.ending' : 'roll.end'));
    this.#view.find('end').setAttribute('aria-disabled', String(this.#ending !== null));
    this.#view.text('problem', this.#refused ? this.#view.explain(this.#refused) : '');
    this.#view.text('trouble', this.#view.tryingAgain(this.#ending?.trouble));
    this.#view.text('once', this.#ending?.trouble ? language.text('end.once') : '');
    this.#view.text('end-title', language.text('end.title', { class: this.#roll.classId }));
    this.#view.text('end-count', language.count('count', count));
  }

  /**
   * Ends the roll by its id, and repeats this until this server has answered. A repeated request returns the same sheet and
   * ends no other roll.
   */
  end() {
    this.#refused = null;
    this.#ending = new Poll({
      request: () => this.#ask(),
      taken: ({ sheet, refused }) => (sheet ? this.#view.app.showSheet(sheet) : this.#notEnded(refused)),
      changed: this.#view.repaint
    });
    this.#ending.now();
    this.#view.draw();
  }

  async #ask() {
    await this.#marks.saved();
    if (!this.isUnderWay) {
      return {};
    }
    try {
      return { sheet: await this.#view.app.api.end(this.#roll) };
    } catch (problem) {
      return problem.isFinal ? { refused: problem } : Promise.reject(problem);
    }
  }

  #notEnded(refused) {
    this.stop();
    if (refused.type === 'no-open-roll' || refused.type === 'another-roll-open') {
      this.#over();
    } else {
      this.#refused = refused;
    }
  }
}
