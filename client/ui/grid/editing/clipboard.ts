import { isFormula } from '../../csv';

/** Reads a quoted cell from after its quote on; null when the quote is never closed, so that it was none. */
function quoted(text: string, from: number): { cell: string; end: number } | null {
  let cell = '';
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return /^[\t\r\n]?$/.test(text[quote + 1] ?? '') ? { cell, end: quote + 1 } : null;
    cell += '"';
    at = quote + 2;
  }
}

/** An apostrophe before what could be a formula marks a text and is no part of it; a text that has one gets another. */
const marked = /^'+[=+\-@\t\r]/;
const plain = (cell: string) => (marked.test(cell) ? cell.slice(1) : cell);

/** The rectangle in a text from a spreadsheet: tabs between cells, quotes around cells with tabs, line breaks or quotes. */
export function readTable(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    const inQuotes = text[at] === '"' ? quoted(text, at + 1) : null;
    let end = inQuotes?.end ?? at;
    while (!inQuotes && end < text.length && !'\t\r\n'.includes(text[end] ?? '')) end += 1;
    rows.at(-1)?.push(plain(inQuotes?.cell ?? text.slice(at, end)));
    if (end >= text.length) break;
    const lineEnds = text[end] !== '\t';
    at = text.startsWith('\r\n', end) ? end + 2 : end + 1;
    // The line break after the last row ends it; it does not begin another.
    if (lineEnds && at >= text.length) break;
    if (lineEnds) rows.push([]);
  }
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => '')]);
}

function writeCell(value: string): string {
  const text = isFormula(value) || marked.test(value) ? `'${value}` : value;
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A rectangle as spreadsheets take it. */
export const writeTable = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map(writeCell).join('\t')).join('\r\n');
