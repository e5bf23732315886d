const ROWS = 5;
const PARTS = ['id', 'name', 'surname'];

/** The first rows of a table of students, and the choice of the columns. */
export class RosterPreview {
  /** What the chosen columns give: {students, withoutId, repeated}, null if they give no roster. */
  found = null;

  #root;
  #language;
  #table = null;

  /** @param changed is called when the teacher has chosen other columns */
  constructor(root, language, changed) {
    this.#root = root;
    this.#language = language;
    for (const part of PARTS) {
      this.#select(part).addEventListener('change', () => {
        this.#take();
        changed();
      });
    }
  }

  /** @param table the RosterTable */
  show(table, encoding) {
    this.#table = table;
    const { columns, separator } = table;
    const names = { '': 'none', ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };
    this.#text('read', this.#language.text('roster.read', {
      encoding: encoding.toUpperCase().replace('WINDOWS', 'Windows'),
      separator: this.#language.text(`roster.separators.${names[separator]}`)
    }));
    const headings = Array.from({ length: columns.width }, (nothing, column) => this.#heading(column));
    for (const part of PARTS) {
      const none = part === 'id' ? [] : [new Option(this.#language.text('roster.none'), -1)];
      this.#select(part).replaceChildren(...none, ...headings.map((heading, column) => new Option(heading, column)));
      this.#select(part).value = columns.found[part];
    }
    this.#fill(headings, columns.rows.slice(0, ROWS));
    this.#take();
  }

  clear() {
    this.#table = null;
    this.found = null;
    this.#find('head').replaceChildren();
    this.#find('rows').replaceChildren();
    PARTS.forEach((part) => this.#select(part).replaceChildren());
  }

  #heading(column) {
    return this.#table.columns.headings[column]
      || this.#language.text('roster.column', { number: this.#language.number(column + 1) });
  }

  #fill(headings, rows) {
    const line = (name, cells) => {
      const row = document.createElement('tr');
      row.append(...cells.map((cell) => Object.assign(document.createElement(name), { textContent: cell ?? '' })));
      return row;
    };
    const heads = line('th', headings);
    heads.childNodes.forEach((head) => (head.scope = 'col'));
    this.#find('head').replaceChildren(heads);
    this.#find('rows').replaceChildren(...rows.map((row) => line('td', headings.map((heading, column) => row[column]))));
  }

  /** Reads the students from the chosen columns. */
  #take() {
    const chosen = Object.fromEntries(PARTS.map((part) => [part, Number(this.#select(part).value || -1)]));
    const used = Object.values(chosen);
    for (const cell of this.#root.querySelectorAll('th, td')) {
      cell.classList.toggle('used', used.includes(cell.cellIndex));
    }
    this.found = null;
    let problem = '';
    try {
      this.found = this.#table.students(chosen);
    } catch (refusal) {
      problem = this.#language.text(`roster.refused.${refusal.reason}`, { cell: refusal.cell });
    }
    this.#text('wrong', problem);
    this.#text('found', this.found ? this.#language.count('roster.students', this.found.students.length) : '');
    this.#text('without-id', this.#left('roster.withoutId', this.found?.withoutId));
    this.#text('repeated', this.#left('roster.repeated', this.found?.repeated));
  }

  #left(key, count) {
    return count > 0 ? this.#language.count(key, count) : '';
  }

  #select(part) {
    return this.#find(part);
  }

  #find(hook) {
    return this.#root.querySelector(`[data-roster-${hook}]`);
  }

  #text(hook, text) {
    this.#find(hook).textContent = text;
  }
}
