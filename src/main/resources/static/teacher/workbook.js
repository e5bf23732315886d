import 'jszip';
import { LocalTime } from './local-time.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WIDEST = 60;

/** The styles of cells, by their place in the file of styles. */
const STYLE = { heading: 1, text: 2, time: 3 };
const STYLES = `<styleSheet xmlns="${MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;

/** Escapes a text for XML. Characters that XML cannot contain are left out: control characters, and halves of pairs. */
function xml(text) {
  return String(text).replace(/[\t\r\n]+/g, ' ').replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '')
    // Excel reads _x0041_ as the letter A.
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/**
 * An Excel workbook (Office Open XML). Texts stay texts, also "042" and "=1+1". Times are those of the reader's clock, as
 * numbers, so that a spreadsheet can sort them and subtract them.
 */
export class Workbook {
  static TYPE = `${CONTENT}.sheet`;

  #sheets = [];

  /**
   * @param name at most 31 characters, without []:*?/\
   * @param title is printed at the top of each page
   * @param columns at most 26, each with a heading and the value of a row: a text, a number or a Date
   */
  add(name, title, columns, rows) {
    this.#sheets.push({ name, xml: Workbook.#sheet(title, columns, rows) });
  }

  /** Returns a promise of the file. */
  file() {
    const zip = new window.JSZip();
    const put = (path, content) => zip.file(path, DECLARATION + content);
    const numbered = (make) => this.#sheets.map((sheet, index) => make(index + 1, xml(sheet.name))).join('');
    put('[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types">`
      + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
      + `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>`
      + `<Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>`
      + `${numbered((n) => `<Override PartName="/xl/sheet${n}.xml" ContentType="${CONTENT}.worksheet+xml"/>`)}</Types>`);
    put('_rels/.rels', `<Relationships xmlns="${PACKAGE}/relationships">`
      + `<Relationship Id="r1" Type="${RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`);
    put('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${PACKAGE}/relationships">`
      + `<Relationship Id="styles" Type="${RELATIONSHIPS}/styles" Target="styles.xml"/>`
      + `${numbered((n) => `<Relationship Id="s${n}" Type="${RELATIONSHIPS}/worksheet" Target="sheet${n}.xml"/>`)}</Relationships>`);
    put('xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><sheets>`
      + `${numbered((n, name) => `<sheet name="${name}" sheetId="${n}" r:id="s${n}"/>`)}</sheets><definedNames>`
      // The headings are printed on each page.
      + `${numbered((n, name) => `<definedName name="_xlnm.Print_Titles" localSheetId="${n - 1}">'${name}'!$1:$1</definedName>`)}`
      + '</definedNames></workbook>');
    put('xl/styles.xml', STYLES);
    this.#sheets.forEach((sheet, index) => put(`xl/sheet${index + 1}.xml`, sheet.xml));
    return zip.generateAsync({ type: 'blob', mimeType: Workbook.TYPE, compression: 'DEFLATE' });
  }

  static #sheet(title, columns, rows) {
    const cells = rows.map((row) => columns.map((column) => column.value(row)));
    const headings = columns.map(({ heading }, at) => Workbook.#text(heading, STYLE.heading, `${LETTERS[at]}1`));
    const lines = [headings, ...cells.map((row, line) => row.map((value, at) => Workbook.#cell(value, `${LETTERS[at]}${line + 2}`)))];
    const widths = columns.map(({ heading }, at) => Math.max(heading.length, ...cells.map((row) => Workbook.#width(row[at]))) + 2);
    return `<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`
      + '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
      + '</sheetView></sheetViews><cols>'
      + widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${Math.min(WIDEST, width)}" customWidth="1"/>`).join('')
      + `</cols><sheetData>${lines.map((line) => `<row>${line.join('')}</row>`).join('')}</sheetData>`
      + '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>'
      + `<headerFooter><oddHeader>&amp;L${xml(title.replace(/&/g, '&&'))}&amp;R&amp;P / &amp;N</oddHeader></headerFooter>`
      // Ids are texts on purpose.
      + `<ignoredErrors><ignoredError sqref="A1:Z${lines.length}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
  }

  static #cell(value, place) {
    if (value instanceof Date) {
      return `<c r="${place}" s="${STYLE.time}"><v>${new LocalTime(value).spreadsheetDays}</v></c>`;
    }
    return typeof value === 'number' ? `<c r="${place}"><v>${value}</v></c>` : Workbook.#text(value, STYLE.text, place);
  }

  static #text(text, style, place) {
    return text === '' ? ''
      : `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
  }

  static #width(value) {
    return value instanceof Date ? '2026-01-01 00:00:00'.length : String(value).length;
  }
}
