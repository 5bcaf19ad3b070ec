import { isBlank, unneutralised } from '../values/text.js';
import { parseDate } from '../values/dates.js';
import { parseDecimal } from '../values/numbers.js';

/** Of two that fit alike the earlier is taken: a comma is the likeliest to stand within cells. */
const DELIMITERS = ['\t', ';', '|', ','] as const;
const QUOTES = ['"', "'"] as const;
/** So many rows tell; a header stands no further down than that many. */
const ROWS = 100;
const FIRST_ROWS = 20;

/** What the beginning of a text shows of its layout. */
export interface Layout {
  delimiter: string;
  quote: string;
  headerRow: number;
  doubtful: boolean;
}

/** Finds delimiter, quoting character and header. `cut`: the text ends within the file. */
export function sniff(text: string, cut: boolean): Layout {
  const declared = /^sep=([^\r\n])\r?\n/i.exec(text)?.[1];
  const { delimiter, doubtful } = declared === undefined ? findDelimiter(text, cut) : { delimiter: declared, doubtful: false };
  const quote = findQuote(text, delimiter, cut);
  return { delimiter, quote, doubtful, headerRow: findHeader(roughRows(text, delimiter, quote, cut), declared === undefined ? 0 : 1) };
}

interface Candidate {
  delimiter: string;
  score: number;
}

/** The delimiter that gives most rows the same number of cells, more cells counting for more. */
function findDelimiter(text: string, cut: boolean): { delimiter: string; doubtful: boolean } {
  const candidates = DELIMITERS.map((delimiter): Candidate => {
    const { width, share } = usualWidth(roughRows(text, delimiter, '"', cut));
    return { delimiter, score: width < 2 ? 0 : share * Math.log2(width + 1) };
  });
  const [best, second] = candidates.sort((a, b) => b.score - a.score);
  if (best === undefined || second === undefined || best.score === 0) return { delimiter: ',', doubtful: false };
  return { delimiter: best.delimiter, doubtful: best.score < 1 || second.score > 0.75 * best.score };
}

/** How many cells most rows have, and which share of the rows. */
function usualWidth(rows: readonly (readonly string[])[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  const filled = rows.filter((cells) => !cells.every(isBlank));
  for (const { length } of filled) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width, count] = [...counts].sort(([a, m], [b, n]) => n - m || b - a)[0] ?? [0, 0];
  return { width, share: count / Math.max(1, filled.length) };
}

/** Single quotation marks quote where there are no double ones, and as many cells begin with one as end, not a few of them. */
function findQuote(text: string, delimiter: string, cut: boolean): string {
  if (text.includes('"')) return '"';
  // An apostrophe that an export has put before a formula says nothing of quotation.
  const cells = roughRows(text, delimiter, '"', cut).flat().filter((cell) => cell !== '' && unneutralised(cell) === cell);
  const begun = cells.filter((cell) => cell.startsWith("'")).length;
  const ended = cells.filter((cell) => cell.length > 1 && cell.endsWith("'")).length;
  return begun === ended && begun > cells.length / 4 ? QUOTES[1] : QUOTES[0];
}

/** The first row as wide as most are, unless it looks like data; titles above it are narrower. 0: there is none. */
function findHeader(rows: readonly (readonly string[])[], above: number): number {
  const { width } = usualWidth(rows);
  for (const [index, cells] of rows.entries()) {
    if (index < above) continue;
    const filled = cells.filter((cell) => !isBlank(cell));
    if (index >= FIRST_ROWS) break;
    if (filled.length === 0 || (width > 1 && filled.length < Math.max(2, width * 0.6))) continue;
    return looksLikeData(filled) ? 0 : index + 1;
  }
  const first = rows.findIndex((cells, index) => index >= above && !cells.every(isBlank));
  return first + 1;
}

/** A header has names; where a quarter of the cells are numbers or days, they are values. */
function looksLikeData(cells: readonly string[]): boolean {
  return cells.filter(isValue).length >= cells.length / 4;
}

function isValue(cell: string): boolean {
  if (cell.length > 40 || !/\d/.test(cell)) return false;
  const numbers = (['POINT', 'COMMA'] as const).some((format) => 'value' in parseDecimal(cell, format));
  return numbers || (['YMD', 'DMY', 'MDY', 'D_MONTH_Y'] as const).some((format) => 'value' in parseDate(cell, format));
}

/** Rows and cells without any care for faults: a first look, never what is imported. */
function roughRows(text: string, delimiter: string, quote: string, cut: boolean): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length && rows.length < ROWS; at++) {
    const character = text[at] ?? '';
    // Two quotation marks within a quoted cell are one of its characters.
    if (quoted && character === quote && text[at + 1] === quote) cell += text[++at];
    else if (character === quote && (quoted || cell === '')) quoted = !quoted;
    else if (quoted) cell += character;
    else if (character === delimiter) cell = push(cells, cell);
    else if (character === '\n' || (character === '\r' && text[at + 1] !== '\n')) {
      cell = push(cells, cell);
      rows.push(cells);
      cells = [];
    } else if (character !== '\r') cell += character;
  }
  const whole = rows.length === ROWS || (cut && rows.length > 0);
  if (!whole && (cell !== '' || cells.length > 0)) {
    push(cells, cell);
    rows.push(cells);
  }
  return rows;
}

/** Ends a cell; the next begins empty. */
function push(cells: string[], cell: string): '' {
  cells.push(cell);
  return '';
}
