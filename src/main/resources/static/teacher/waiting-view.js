import { Poll } from './poll.js';
import { View } from './view.js';

/** Asks until the server has said what an address shows, and tells meanwhile what is missing. */
export class WaitingView extends View {
  #title;
  #request;
  #poll;

  /**
   * @param title what is being read
   * @param request returns a promise of a function that makes the view to show
   */
  constructor(app, title, request) {
    super(app, 'waiting');
    this.#title = title;
    this.#request = request;
    this.#poll = new Poll({
      request, taken: (makeView) => app.show(makeView()), changed: this.repaint
    });
    this.find('again').addEventListener('click', this.#poll.now);
    this.#poll.now();
  }

  get title() {
    return this.#title(this.language);
  }

  translated() {
    return new WaitingView(this.app, this.#title, this.#request);
  }

  closed() {
    super.closed();
    this.#poll.stop();
  }

  draw() {
    const { trouble } = this.#poll;
    this.text('heading', this.title);
    this.text('what', trouble ? '' : this.language.text('waiting.reading'));
    this.text('trouble', this.tryingAgain(trouble));
    this.find('again').hidden = !trouble;
  }
}
