/** A list of students as people read it. The page, the clipboard and Excel show the same columns. */
export class SheetTable {
  #language;

  /** The columns, each with a name, a heading, and the value of a row: a text, a number or a Date. */
  columns;

  /**
   * @param hasPlaces whether the students have a place in the order of arrival
   * @param hasNames whether there is a roster
   */
  constructor(language, hasPlaces, hasNames) {
    this.#language = language;
    const column = (name, value) => ({ name, heading: language.text(`sheet.columns.${name}`), value });
    this.columns = [
      ...hasPlaces ? [column('place', ({ place }) => place ?? '')] : [],
      column('id', ({ studentId }) => studentId),
      ...hasNames ? [column('name', ({ student }) => student?.name ?? '')] : [],
      column('status', (row) => this.#status(row)),
      column('at', ({ at }) => (at ? new Date(at) : ''))
    ];
  }

  get headings() {
    return this.columns.map(({ heading }) => heading);
  }

  values(rows) {
    return rows.map((row) => this.columns.map(({ value }) => value(row)));
  }

  /**
   * Fills a table of the page.
   * @param top a line above the headings, for each printed page
   * @param time makes the text of a Date
   */
  show(table, rows, top, time) {
    const title = this.#line('th', [top]);
    title.className = 'print-only';
    title.firstChild.colSpan = this.columns.length;
    const headings = this.#line('th', this.headings);
    [...headings.children].forEach((cell) => (cell.scope = 'col'));
    table.tHead.replaceChildren(title, headings);
    table.tBodies[0].replaceChildren(...rows.map((row) => {
      const line = this.#line('td', this.values([row])[0].map((value) => this.#text(value, time)));
      line.classList.toggle('unknown', row.unknown);
      return line;
    }));
  }

  #line(cell, texts) {
    const line = document.createElement('tr');
    line.append(...texts.map((textContent, at) => Object.assign(document.createElement(cell), { textContent, className: this.columns[at].name })));
    return line;
  }

  #text(value, time) {
    return value instanceof Date ? time(value) : typeof value === 'number' ? this.#language.number(value) : value;
  }

  #status(row) {
    const status = this.#language.status({ ...row, status: row.status ?? 'present' });
    return row.unknown ? `${status}, ${this.#language.text('sheet.notInRoster')}` : status;
  }
}
