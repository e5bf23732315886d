/** Base of the views: a copy of a template with its texts, and at most one repaint in each animation frame. */
export class View {
  #frame = 0;
  #every = null;

  constructor(app, template) {
    this.app = app;
    this.language = app.language;
    this.root = View.copy(template, app.language);
  }

  static copy(template, language) {
    const copy = document.querySelector(`[data-template="${template}"]`).content.cloneNode(true).firstElementChild;
    for (const element of copy.querySelectorAll('[data-text]')) {
      element.textContent = language.text(element.dataset.text);
    }
    for (const element of copy.querySelectorAll('[data-label]')) {
      element.setAttribute('aria-label', language.text(element.dataset.label));
    }
    for (const element of copy.querySelectorAll('[data-placeholder]')) {
      element.placeholder = language.text(element.dataset.placeholder);
    }
    return copy;
  }

  /** The title of the page while this view is shown. */
  get title() {
    return this.language.text('title');
  }

  find(hook) {
    return this.root.querySelector(`[data-${hook}]`);
  }

  text(hook, text) {
    const element = this.find(hook);
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  /** Returns this view in the app's current language. */
  translated() {
    return this;
  }

  shown() {
    this.root.querySelector('h1')?.focus();
  }

  closed() {
    cancelAnimationFrame(this.#frame);
    clearInterval(this.#every);
  }

  /** Requests one paint() in the next frame. */
  repaint = () => {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.paint();
      });
    }
  };

  repaintEverySecond() {
    this.#every = setInterval(this.repaint, 1000);
    this.repaint();
  }

  paint() {
  }

  /** The text for a Problem: the server's detail, or its status if there is none. */
  explain(problem) {
    if (problem.status === 0) {
      return this.language.text('problem.unreachable');
    }
    return problem.message || this.language.text('problem.failed', { status: problem.status });
  }

  /** Shows the count in the largest font that fits its digits. */
  showCount(count) {
    const digits = this.language.number(count);
    this.text('count', digits);
    this.text('present', this.language.count('roll.present', count));
    this.find('count').style.setProperty('--digits', Math.max(3, digits.length));
  }

  showConnection({ state, since }) {
    const element = this.find('connection');
    element.dataset.state = state;
    this.text('connection', this.language.text(`connection.${state}`, { time: this.language.time(since) }));
  }

  async showAddress(classId) {
    try {
      const { url, reachable } = await this.app.api.address();
      this.find('not-reachable').hidden = reachable;
      return url + classId;
    } catch (problem) {
      return new URL(String(classId), document.baseURI).href;
    }
  }
}
