import { LocalTime } from './local-time.js';

/** A formula for a spreadsheet that gets plain text. A space before it makes it a text. */
const FORMULA = /^[=+@-]/;

function plain(value) {
  return value instanceof Date ? new LocalTime(value).clock : String(value).replace(/\s+/g, ' ').replace(FORMULA, ' $&');
}

/** An HTML table whose texts have Excel's format "text". It is an XML document, because this page allows no style attributes. */
function html(rows) {
  const page = document.implementation.createDocument(null, 'table');
  for (const cells of rows) {
    const row = page.documentElement.appendChild(page.createElement('tr'));
    for (const value of cells) {
      const cell = row.appendChild(page.createElement('td'));
      cell.textContent = value instanceof Date ? plain(value) : value;
      if (typeof value === 'string') {
        cell.setAttribute('style', "mso-number-format:'\\@'");
      }
    }
  }
  return new XMLSerializer().serializeToString(page);
}

/**
 * Copies a table so that spreadsheets paste it as columns, and returns whether the browser did it. The command "copy" also
 * works on a page without HTTPS, where browsers have no navigator.clipboard.
 * @param rows of texts, numbers and Dates, the headings first
 * @param selected an element that is selected meanwhile, because Safari copies nothing without a selection
 */
export function copyTable(rows, selected) {
  let copied = false;
  const copy = (event) => {
    event.clipboardData.setData('text/plain', rows.map((cells) => cells.map(plain).join('\t')).join('\r\n'));
    event.clipboardData.setData('text/html', html(rows));
    event.preventDefault();
    event.stopPropagation();
    copied = true;
  };
  window.getSelection().selectAllChildren(selected);
  document.addEventListener('copy', copy, { capture: true });
  document.execCommand('copy');
  document.removeEventListener('copy', copy, { capture: true });
  window.getSelection().removeAllRanges();
  return copied;
}
