import { Remembered } from './storage.js';

/** The dialog before the download for Moodle: it asks for the letters that each status has there, and remembers them. */
export class MoodleDialog {
  #dialog;
  #language;
  #letters = new Remembered('moodle-letters');

  /** @param download gets the letters by status */
  constructor(view, download) {
    this.#language = view.language;
    this.#dialog = view.find('moodle-dialog');
    view.find('moodle').addEventListener('click', () => this.#show());
    view.find('moodle-cancel').addEventListener('click', () => this.#dialog.close());
    this.#dialog.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#letters.value = Object.fromEntries(this.#fields.map(({ name, value, placeholder }) => [name, value.trim() || placeholder]));
      this.#dialog.close();
      download(this.#letters.value);
    });
  }

  get #fields() {
    return [...this.#dialog.querySelectorAll('input')];
  }

  /** Moodle's own letters depend on the language in which it was installed, so those of the page's language are only a guess. */
  #show() {
    for (const field of this.#fields) {
      field.placeholder = this.#language.text(`moodle.letters.${field.name}`);
      field.value = this.#letters.value?.[field.name] ?? field.placeholder;
    }
    this.#dialog.showModal();
  }
}
