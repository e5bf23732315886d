/** Ids with more characters are broken into several lines. */
const LONG_ID = 20;

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
      column('status', (row) => language.status(row.counts ? { ...row, status: row.status ?? 'present' } : row)),
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
    table.classList.toggle('named', this.columns.some(({ name }) => name === 'name'));
    const title = this.#line('th', 'columnheader', [top]);
    title.className = 'print-only';
    title.firstChild.colSpan = this.columns.length;
    table.tHead.replaceChildren(title, this.#line('th', 'columnheader', this.headings));
    table.tBodies[0].replaceChildren(...rows.map((row) => {
      const line = this.#line('td', 'cell', this.values([row])[0].map((value) => this.#text(value, time)));
      line.classList.toggle('unknown', row.unknown);
      line.querySelector('.id').classList.toggle('long', row.studentId.length > LONG_ID);
      return line;
    }));
  }

  #line(tag, role, texts) {
    const line = document.createElement('tr');
    line.setAttribute('role', 'row');
    line.append(...texts.map((text, at) => {
      const cell = Object.assign(document.createElement(tag), { textContent: text, className: this.columns[at].name });
      cell.setAttribute('role', role);
      return cell;
    }));
    return line;
  }

  #text(value, time) {
    if (value instanceof Date) {
      return time(value);
    }
    return typeof value === 'number' ? this.#language.number(value) : value;
  }
}
