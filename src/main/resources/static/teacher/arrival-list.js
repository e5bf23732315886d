const SPARE_ROWS = 6;
/** Ids with more characters are shown in a smaller font, on several lines. */
const LONG_ID = 20;

/**
 * The list of arrivals. It has elements for the visible rows only and reuses them, so that it stays fast with thousands
 * of students.
 */
export class ArrivalList {
  #root;
  #rows;
  #empty;
  #language;
  #presences;
  #processed = 0;
  #shown = [];
  #order = 'arrival';
  #search = '';
  #rowHeight = 0;

  /**
   * @param root the scrolling element
   * @param presences the arrivals by seq; the array may grow at its end
   * @param repaint requests a render() in the next frame
   */
  constructor(root, presences, language, repaint) {
    this.#root = root;
    this.#rows = root.querySelector('[data-rows]');
    this.#empty = root.querySelector('[data-empty]');
    this.#presences = presences;
    this.#language = language;
    root.addEventListener('scroll', repaint, { passive: true });
    this.resized = new ResizeObserver(() => {
      this.#rowHeight = 0;
      repaint();
    });
    this.resized.observe(root);
  }

  get matches() {
    return this.#shown.length;
  }

  orderBy(order) {
    this.#order = order;
    this.#restart();
  }

  find(text) {
    this.#search = text.trim().toLowerCase();
    this.#restart();
  }

  close() {
    this.resized.disconnect();
  }

  render() {
    const before = this.#shown.length;
    this.#processNew();
    this.#showEmptyText();
    this.#measure();
    const height = this.#rowHeight;
    this.#rows.style.blockSize = `${this.#shown.length * height}px`;
    if (this.#order === 'arrival' && before > 0 && this.#root.scrollTop > 0) {
      // New rows are added at the top. The visible rows stay in place.
      this.#root.scrollTop += (this.#shown.length - before) * height;
    }
    const first = Math.max(0, Math.floor(this.#root.scrollTop / height) - SPARE_ROWS);
    const fits = Math.ceil(this.#root.clientHeight / height) + 2 * SPARE_ROWS;
    const count = Math.min(fits, this.#shown.length - first);
    this.#setRowCount(count);
    for (let i = 0; i < count; i++) {
      this.#fill(this.#rows.children[i], first + i);
    }
  }

  #restart() {
    this.#processed = 0;
    this.#shown = [];
    this.#root.scrollTop = 0;
  }

  #processNew() {
    const added = this.#presences.slice(this.#processed)
      .filter((presence) => presence.studentId.toLowerCase().includes(this.#search));
    this.#processed = this.#presences.length;
    if (this.#order === 'arrival') {
      for (const presence of added) {
        this.#shown.push(presence);
      }
    } else if (added.length > 0) {
      this.#shown = ArrivalList.#merged(this.#shown, added.sort(ArrivalList.#byId));
    }
  }

  #showEmptyText() {
    this.#empty.hidden = this.#shown.length > 0;
    this.#empty.textContent = this.#presences.length === 0
      ? this.#language.text('roll.none')
      : this.#language.text('roll.noMatch', { text: this.#search });
  }

  #measure() {
    if (this.#rowHeight === 0) {
      this.#setRowCount(1);
      this.#rowHeight = this.#rows.firstElementChild.getBoundingClientRect().height || 1;
    }
  }

  #setRowCount(count) {
    while (this.#rows.childElementCount > count) {
      this.#rows.lastElementChild.remove();
    }
    while (this.#rows.childElementCount < count) {
      const row = document.createElement('li');
      for (const part of ['seq', 'id', 'at']) {
        row.append(Object.assign(document.createElement('span'), { className: part }));
      }
      this.#rows.append(row);
    }
  }

  #fill(row, index) {
    const newestFirst = this.#order === 'arrival';
    const presence = this.#shown[newestFirst ? this.#shown.length - 1 - index : index];
    row.style.transform = `translateY(${index * this.#rowHeight}px)`;
    row.setAttribute('aria-posinset', index + 1);
    row.setAttribute('aria-setsize', this.#shown.length);
    if (row.dataset.seq !== String(presence.seq)) {
      row.dataset.seq = presence.seq;
      row.dataset.studentId = presence.studentId;
      const [seq, id, at] = row.children;
      seq.textContent = this.#language.number(presence.seq);
      id.textContent = presence.studentId;
      id.classList.toggle('long', presence.studentId.length > LONG_ID);
      at.textContent = this.#language.time(presence.at);
    }
  }

  static #byId(one, other) {
    return one.studentId < other.studentId ? -1 : 1;
  }

  static #merged(one, other) {
    const all = [];
    let i = 0;
    let j = 0;
    while (i < one.length || j < other.length) {
      const takeOne = j >= other.length || (i < one.length && ArrivalList.#byId(one[i], other[j]) < 0);
      all.push(takeOne ? one[i++] : other[j++]);
    }
    return all;
  }
}
