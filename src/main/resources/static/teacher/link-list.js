import { View } from './view.js';

/** A list of links that changes only if its entries do, so that the keyboard's focus is kept. */
export class LinkList {
  #root;
  #template;
  #language;
  #shown = '[]';

  constructor(root, template, language) {
    this.#root = root;
    this.#template = template;
    this.#language = language;
  }

  /** @param entries of each entry the link's address and the texts by hook: {href, texts} */
  show(entries) {
    const wanted = JSON.stringify(entries);
    if (wanted === this.#shown) {
      return;
    }
    this.#shown = wanted;
    const focused = this.#root.querySelector('a:focus')?.getAttribute('href');
    this.#root.replaceChildren(...entries.map((entry) => this.#line(entry)));
    this.#root.querySelector(`a[href="${focused}"]`)?.focus();
  }

  #line({ href, texts }) {
    const line = View.copy(this.#template, this.#language);
    line.querySelector('a').href = href;
    for (const [hook, text] of Object.entries(texts)) {
      line.querySelector(`[data-${hook}]`).textContent = text;
    }
    return line;
  }
}
