import { View } from './view.js';

/** One sentence, and the way on. */
export class MessageView extends View {
  #message;

  /** @param message a text, or the problem that stands in the way */
  constructor(app, message) {
    super(app, 'message');
    this.#message = message;
    this.text('message', message instanceof Error ? this.explain(message) : message);
    this.find('again').hidden = !message.passing;
    this.find('again').addEventListener('click', () => app.again());
  }

  remade() {
    return new MessageView(this.app, this.#message);
  }
}
