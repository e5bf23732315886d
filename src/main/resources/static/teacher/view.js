const LASTING_MS = 5_000;

/** Base of the views: a copy of a template with its texts, and at most one repaint in each animation frame. */
export class View {
  #frame = 0;
  #every = null;
  #closed = false;
  /** The shown state of the connection, and since when. */
  #connection = { text: '', since: 0 };
  /** The state of the connection that a screen reader knows; null before the first. */
  #announced = null;

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

  /** What would be lost if the page left this view, in words: {title, what}. Null if nothing would. */
  get loss() {
    return null;
  }

  /** Called when the teacher leaves in spite of the loss. */
  leave() {
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

  /** Called when the view is on the page. The heading gets the focus, so that a screen reader reads it out. */
  shown() {
    this.draw();
    this.root.querySelector('h1')?.focus();
  }

  closed() {
    this.#closed = true;
    cancelAnimationFrame(this.#frame);
    clearInterval(this.#every);
  }

  /** Requests one draw() in the next frame. */
  repaint = () => {
    if (this.#frame === 0 && !this.#closed) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.draw();
      });
    }
  };

  repaintEverySecond() {
    this.#every = setInterval(this.repaint, 1000);
    this.repaint();
  }

  /** Shows the whole present state of the view, whatever was shown before. */
  draw() {
  }

  /** The text for a Problem: what this server says, which other machine answered, or that there was no answer. */
  explain(problem) {
    if (problem.isForeign) {
      return this.language.text('problem.foreign', { status: problem.status });
    }
    if (!problem.type) {
      return this.language.text('problem.unreachable');
    }
    const own = this.language.find(`problem.${problem.type}`);
    return own ?? (problem.message || this.language.text('problem.failed', { status: problem.status }));
  }

  /** The text for the trouble of a Poll: since when it tries again, and why. Empty if there is no trouble. */
  tryingAgain(trouble) {
    return trouble
      ? this.language.text('problem.tryingAgain', {
        time: this.language.time(trouble.since), reason: this.explain(trouble.problem)
      })
      : '';
  }

  /** Shows the count in the largest font that fits its digits. */
  showCount(count) {
    const digits = this.language.number(count);
    this.text('count', digits);
    this.text('present', this.language.count('roll.present', count));
    this.find('count').style.setProperty('--digits', Math.max(3, digits.length));
  }

  /** Shows {state, since, problem}. A change is announced only if it lasts. */
  showConnection({ state, since, problem }) {
    const text = this.language.text(`connection.${state}`, problem
      ? { time: this.language.time(since), reason: this.explain(problem) } : {});
    this.find('connection').dataset.state = state;
    this.text('connection', text);
    if (this.#connection.text !== text) {
      this.#connection = { text, since: Date.now() };
    }
    const lasts = Date.now() - this.#connection.since > LASTING_MS;
    if (state !== 'connecting' && this.#announced === null) {
      this.#announced = text;
    } else if (state !== 'connecting' && this.#announced !== text && lasts) {
      this.#announced = text;
      this.app.announce(text);
    }
  }
}
