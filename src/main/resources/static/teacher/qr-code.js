import { QrGrid } from './qr-grid.js';
import { bitsOf, QrText } from './qr-text.js';
import { errorCorrection } from './reed-solomon.js';

/** For each version: the error correction codewords of a block, and the number of blocks (ISO/IEC 18004, level M). */
const BLOCKS = [[10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4], [22, 5], [26, 5], [30, 5], [22, 8], [22, 9]];
const QUIET_ZONE = 4;
const SVG = 'http://www.w3.org/2000/svg';

const MASKS = [
  (x, y) => (x + y) % 2,
  (x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2
];

/**
 * Makes the QR code of a text of up to 331 bytes, or of 483 characters of the alphanumeric mode. The browser makes it,
 * because the password of a Wi-Fi network must not reach the server.
 * @returns the rows of modules; a module is 1 if it is dark
 */
export function qrCode(text) {
  const content = new QrText(text);
  const version = 1 + BLOCKS.findIndex((blocks, i) => content.bits(i + 1).length <= 8 * dataCodewordsOf(i + 1));
  if (version === 0) {
    throw new RangeError('The text is too long for a QR code');
  }
  const bits = interleaved(codewords(content.bits(version), version), version).flatMap((byte) => bitsOf(byte, 8));
  return MASKS.map((mask, number) => masked(version, bits, mask, number))
    .reduce((best, rows) => (penalty(rows) < penalty(best) ? rows : best));
}

/** Shows the QR code of a text in an svg element, which is empty if there is no text. */
export function showQrCode(svg, text) {
  svg.replaceChildren();
  if (!text) {
    svg.removeAttribute('viewBox');
    return;
  }
  const rows = qrCode(text);
  const size = rows.length + 2 * QUIET_ZONE;
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', rows.flatMap((row, y) => Array.from(row, (dark, x) => (dark
    ? `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z` : ''))).join(''));
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('shape-rendering', 'crispEdges');
  svg.append(path);
}

function codewordsOf(version) {
  return Math.floor([...new QrGrid(version).places()].length / 8);
}

function dataCodewordsOf(version) {
  const [correction, blocks] = BLOCKS[version - 1];
  return codewordsOf(version) - correction * blocks;
}

/** The content as codewords, with padding up to the capacity. */
function codewords(content, version) {
  const count = dataCodewordsOf(version);
  const bits = [...content, ...new Array(Math.min(4, 8 * count - content.length)).fill(0)];
  const words = [];
  for (let i = 0; i < bits.length; i += 8) {
    words.push(bits.slice(i, i + 8).reduce((word, bit, j) => word | (bit << (7 - j)), 0));
  }
  for (let padding = 0xEC; words.length < count; padding ^= 0xEC ^ 0x11) {
    words.push(padding);
  }
  return words;
}

/** Splits the data into blocks, the shorter ones first, and takes one codeword of each in turn. */
function interleaved(data, version) {
  const [correction, count] = BLOCKS[version - 1];
  const short = Math.floor(data.length / count);
  const longer = data.length % count;
  const blocks = [];
  for (let i = 0, from = 0; i < count; i++) {
    const to = from + short + (i >= count - longer ? 1 : 0);
    blocks.push(data.slice(from, to));
    from = to;
  }
  return [...inTurn(blocks), ...inTurn(blocks.map((block) => errorCorrection(block, correction)))];
}

function inTurn(lists) {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.map((list) => list[i])).flat().filter((word) => word !== undefined);
}

function masked(version, bits, mask, number) {
  const grid = new QrGrid(version);
  let next = 0;
  for (const [x, y] of grid.places()) {
    grid.rows[y][x] = (bits[next++] ?? 0) ^ Number(mask(x, y) === 0);
  }
  grid.drawFormat(number);
  return grid.rows;
}

/** How hard the code is to scan: long runs, blocks of one colour, patterns like a finder, too much of one colour. */
function penalty(rows) {
  const lines = [...rows, ...rows.map((_, x) => rows.map((row) => row[x]))].map((line) => Array.from(line).join(''));
  let points = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) {
      points += run.length - 2;
    }
    points += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
  }
  for (let y = 1; y < rows.length; y++) {
    for (let x = 1; x < rows.length; x++) {
      const sum = rows[y][x] + rows[y][x - 1] + rows[y - 1][x] + rows[y - 1][x - 1];
      points += sum % 4 === 0 ? 3 : 0;
    }
  }
  const dark = rows.reduce((sum, row) => sum + row.reduce((one, other) => one + other, 0), 0);
  return points + 10 * Math.floor(Math.abs(dark / rows.length ** 2 - 0.5) * 20);
}
