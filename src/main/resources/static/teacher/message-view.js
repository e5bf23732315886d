import { View } from './view.js';

/** A message with buttons to try again and to go to all rolls. */
export class MessageView extends View {
  #message;

  /** @param message a text, or a Problem */
  constructor(app, message) {
    super(app, 'message');
    this.#message = message;
    this.text('message', message instanceof Error ? this.explain(message) : message);
    this.find('again').hidden = !message.isTransient;
    this.find('again').addEventListener('click', () => app.again());
  }

  translated() {
    return new MessageView(this.app, this.#message);
  }
}
