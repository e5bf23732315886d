const OWN = 'a, button, input, select, summary, dialog';

/** The field for what a card or bar-code reader types. It has the focus whenever no other control is used. */
export class ScanField {
  #field;
  #scanned;
  #repaint;
  #listeners = [
    [window, 'focus', () => this.#focusIfLost()],
    [document, 'click', (event) => this.#clicked(event)],
    [document, 'keydown', (event) => this.#typed(event)]
  ];

  /** @param scanned gets the text of each scan */
  constructor(view, scanned) {
    this.#field = view.find('scan');
    this.#scanned = scanned;
    this.#repaint = view.repaint;
    view.find('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#finish();
    });
    this.#field.addEventListener('keydown', (event) => this.#tabbed(event));
  }

  /** Called when the field is on the page. */
  open() {
    this.#field.focus();
    this.#takeTyped();
    this.#listeners.forEach(([target, type, listener]) => target.addEventListener(type, listener));
  }

  close() {
    this.#listeners.forEach(([target, type, listener]) => target.removeEventListener(type, listener));
  }

  focus() {
    this.#field.focus();
    this.#repaint();
  }

  /** Leaves an unfinished scan to the next field. */
  handOver() {
    document.documentElement.dataset.typed = this.#field.value;
  }

  /** What a reader typed before the field was on the page: boot.js or the field before has kept it, a line for each scan. */
  #takeTyped() {
    const { dataset } = document.documentElement;
    const scans = (dataset.typed ?? '').split('\n');
    dataset.typed = '';
    scans.forEach((scan, index) => {
      this.#field.value = scan;
      if (index < scans.length - 1) {
        this.#finish();
      }
    });
  }

  #finish() {
    const text = this.#field.value;
    this.#field.value = '';
    this.#field.focus();
    if (text.trim() !== '') {
      this.#scanned(text);
    }
  }

  /** A click beside the controls brings the focus back to the field. */
  #clicked(event) {
    if (!event.target.closest(OWN) && window.getSelection().isCollapsed) {
      this.focus();
    }
    this.#focusIfLost();
  }

  /** What a reader types goes into the field, also if a button or the choice of the language has the focus. */
  #typed(event) {
    const isText = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isText && !event.target.closest('input, dialog')) {
      this.#field.focus();
    }
  }

  /** The control with the focus may have gone. */
  #focusIfLost() {
    if (document.activeElement === null || document.activeElement === document.body) {
      this.focus();
    }
  }

  /** Some readers send Tab after the id. In an empty field, Tab goes to the next control. */
  #tabbed(event) {
    if (event.key === 'Tab' && !event.shiftKey && this.#field.value.trim() !== '') {
      event.preventDefault();
      this.#finish();
    }
  }
}
