import { SheetCsv } from './sheet-csv.js';
import { View } from './view.js';

/** The sheet of an ended roll, with buttons to download and to print it. */
export class SheetView extends View {
  #sheet;

  constructor(app, sheet) {
    super(app, 'sheet');
    this.#sheet = sheet;
    this.find('title').textContent = this.title;
    this.find('notice').textContent = this.#notice();
    this.find('count').textContent = this.language.number(sheet.presences.length);
    this.find('start').textContent = this.language.dateTime(sheet.startedAt);
    this.find('ended').textContent = sheet.endedAt
      ? this.language.dateTime(sheet.endedAt) : this.language.text('sheet.unknown');
    this.find('duration').textContent = sheet.endedAt
      ? this.language.duration(Date.parse(sheet.endedAt) - Date.parse(sheet.startedAt))
      : this.language.text('sheet.unknown');
    this.find('nobody').hidden = sheet.presences.length > 0;
    this.find('students').append(...sheet.presences.map((presence) => this.#line(presence)));
    this.find('csv').addEventListener('click', () => this.#download());
    this.find('print').addEventListener('click', () => window.print());
  }

  get title() {
    return this.language.text('sheet.title', { class: this.#sheet.classId });
  }

  translated() {
    return new SheetView(this.app, this.#sheet);
  }

  #notice() {
    if (!this.#sheet.gone) {
      return this.language.text('sheet.keepIt');
    }
    const unseen = this.#sheet.unseen > 0
      ? ` ${this.language.text('sheet.incomplete', { count: this.language.number(this.#sheet.unseen) })}` : '';
    return this.language.text('sheet.gone') + unseen;
  }

  #line({ seq, studentId, at }) {
    const line = document.createElement('li');
    for (const [part, text] of [['seq', this.language.number(seq)], ['id', studentId], ['at', this.language.time(at)]]) {
      line.append(Object.assign(document.createElement('span'), { className: part, textContent: text }), ' ');
    }
    return line;
  }

  #download() {
    const csv = new SheetCsv(this.#sheet, this.language.listSeparator);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([csv.text], { type: 'text/csv;charset=utf-8' }));
    link.download = csv.fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 0);
  }
}
