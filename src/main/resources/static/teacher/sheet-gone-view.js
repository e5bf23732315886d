import { View } from './view.js';

/** Says that the server keeps no sheet at this address. */
export class SheetGoneView extends View {
  #classId;

  constructor(app, classId) {
    super(app, 'sheet-gone');
    this.#classId = classId;
  }

  get title() {
    return this.language.text('sheet.title', { class: this.#classId });
  }

  translated() {
    return new SheetGoneView(this.app, this.#classId);
  }

  draw() {
    this.text('class', this.language.text('roll.title', { class: this.#classId }));
  }
}
