/** Says what became of the last marks, and offers to undo the last one. */
export class UndoBar {
  #language;
  #root;
  #button;
  #marks;
  #view;
  #focusLater;

  /**
   * @param root the element that holds the bar
   * @param focusLater gives the focus to another element when the button goes
   */
  constructor(view, root, marks, focusLater) {
    this.#view = view;
    this.#language = view.language;
    this.#root = root.querySelector('[data-undo-bar]');
    this.#button = root.querySelector('[data-undo]');
    this.#marks = marks;
    this.#focusLater = focusLater;
    this.#button.addEventListener('click', () => marks.undo());
  }

  draw() {
    const text = this.#text();
    const line = this.#root.querySelector('[data-undo-text]');
    if (line.textContent !== text) {
      line.textContent = text;
    }
    this.#root.classList.toggle('idle', text === '');
    this.#root.classList.toggle('trouble', this.#marks.trouble !== null || this.#marks.refused.length > 0);
    const isOffered = this.#marks.undoable !== null;
    if (!isOffered && document.activeElement === this.#button) {
      this.#focusLater();
    }
    this.#button.hidden = !isOffered;
  }

  #text() {
    const { trouble, refused, waiting, undoable, last } = this.#marks;
    if (trouble) {
      return `${this.#language.count('marking.waiting', waiting.length)} ${this.#view.tryingAgain(trouble)}`;
    }
    if (refused.length > 0) {
      const ids = refused.map(({ studentId }) => this.#view.who(studentId)).join(', ');
      return this.#language.text('marking.refused', { ids, reason: this.#view.explain(refused[0].problem) });
    }
    return undoable ? this.#sentence(undoable) : last?.undone && last.until > performance.now() ? this.#sentence(last) : '';
  }

  #sentence({ studentId, status, undone }) {
    const key = undone ? (undone.before === null ? 'marking.undoneUnknown' : 'marking.undone') : 'marking.marked';
    return this.#language.text(key, { id: this.#view.who(studentId), status: this.#language.text(`marks.${status}`) });
  }
}
