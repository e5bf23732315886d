/** The code on the projector: its letters, the time that is left, and the letters for a screen reader on request. */
export class CodeBoard {
  #view;
  #codes = null;
  /** The code that a screen reader was told, empty for none. */
  #told = '';
  /** The code on the page, empty for none. */
  #shown = '';

  constructor(view) {
    this.#view = view;
    view.find('code-aloud').addEventListener('click', () => this.#tell());
  }

  /** @param codes the RollCodes of the roll, null if it asks for no code */
  draw(codes) {
    const { language } = this.#view;
    this.#codes = codes;
    this.#view.root.classList.toggle('with-code', codes !== null);
    this.#view.find('code').hidden = codes === null;
    this.#view.find('code-aloud').hidden = codes === null;
    const shown = codes?.shown;
    this.#view.text('code-name', language.text(shown || !codes?.trouble ? 'code.title' : 'code.waiting'));
    this.#drawLetters(shown?.code ?? '');
    this.#drawLeft(shown);
  }

  #drawLetters(code) {
    this.#view.find('code').classList.toggle('fresh', this.#shown !== code);
    this.#view.find('code').classList.toggle('blank', code === '');
    this.#shown = code;
    this.#view.text('letters', code.replace(/^.{3}/, '$& '));
    if (this.#told !== code) {
      this.#told = '';
      this.#view.text('code-told', '');
    }
  }

  #drawLeft(shown) {
    const left = shown ? (shown.until - performance.now()) / (shown.until - shown.from) : 0;
    this.#view.find('code').style.setProperty('--left', left.toFixed(3));
  }

  /** The letters one by one: a screen reader would try to read them as a word. */
  #tell() {
    this.#told = this.#codes?.shown?.code ?? '';
    this.#view.find('code-told').textContent = this.#told === '' ? this.#view.language.text('code.none')
      : Array.from(this.#told).join(', ');
  }
}
