import { copyTable } from './clipboard.js';
import { LocalTime } from './local-time.js';
import { moodleCsv } from './moodle-csv.js';
import { sheetCsv } from './sheet-csv.js';
import { SheetTable } from './sheet-table.js';
import { Workbook } from './workbook.js';

const CSV = 'text/csv;charset=utf-8';

/** The forms in which a sheet leaves the page. They need no server, which may have erased the sheet. */
export class SheetFiles {
  #sheet;
  #language;

  constructor(sheet, language) {
    this.#sheet = sheet;
    this.#language = language;
  }

  csv() {
    this.#save('.csv', new Blob([sheetCsv(this.#sheet)], { type: CSV }));
  }

  /** @param letters Moodle's letters of each status */
  moodle(students, letters) {
    this.#save('-moodle.csv', new Blob([moodleCsv(students, letters)], { type: CSV }));
  }

  /** @param lists the rows to write: {present, absent} */
  async excel(lists, hasNames, title) {
    const workbook = new Workbook();
    for (const [name, rows] of Object.entries(lists)) {
      const { columns } = new SheetTable(this.#language, name === 'present', hasNames);
      workbook.add(this.#language.text(`sheet.tabs.${name}`), title, columns, rows);
    }
    this.#save('.xlsx', await workbook.file());
  }

  /** Returns whether the browser copied the lists, as one table. */
  copy({ present, absent }, hasNames, selected) {
    const table = new SheetTable(this.#language, true, hasNames);
    return copyTable([table.headings, ...table.values([...present, ...absent])], selected);
  }

  #save(ending, blob) {
    const { classId, startedAt } = this.#sheet;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = this.#language.text('sheet.file', { class: classId, time: new LocalTime(startedAt).inFileName }) + ending;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 0);
  }
}
