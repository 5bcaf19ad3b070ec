import type { SavedQueryChartType } from '../../api/generated/graphql';
import type { QueryPlot } from '../../charts/queryChart';
import type { Cell, FlatColumn, FlatTable } from './flatten';

/** What a chart draws: columns of the rows, by their path. */
export interface ChartChoice {
  type: SavedQueryChartType;
  x: string;
  y: string;
  /** Column whose values make a series each; null: one series. */
  series: string | null;
}

/** What is drawn, or why nothing is. */
export type Drawing =
  | { kind: 'plot'; plot: QueryPlot; notes: string[] }
  | { kind: 'refused'; why: string };

/** As many as a reader can tell apart and a browser draws at once. */
export const MOST: Readonly<Record<SavedQueryChartType, number>> = { BAR: 100, LINE: 1000, SCATTER: 5000 };
export const MOST_SERIES = 6;

const figures = ({ columns }: FlatTable) => columns.filter(({ kind }) => kind === 'number');
const columnOf = ({ columns }: FlatTable, path: string): FlatColumn | undefined => columns.find((column) => column.path === path);

/** Columns that can stand along each axis. */
export function axisColumns(table: FlatTable, type: SavedQueryChartType): { x: FlatColumn[]; y: FlatColumn[]; series: FlatColumn[] } {
  return {
    x: type === 'SCATTER' ? figures(table) : [...table.columns],
    y: figures(table),
    series: table.columns.filter(({ kind }) => kind === 'text'),
  };
}

/** Names rather than ids, and what differs from row to row. */
function suggestedX(table: FlatTable): FlatColumn | undefined {
  const date = table.columns.find(({ kind }) => kind === 'date');
  if (date) return date;
  const texts = table.columns.filter(({ kind }) => kind === 'text');
  const named = texts.filter(({ path }) => /(^|\.)(name|label|title|code)$/i.test(path));
  const various = (column: FlatColumn) => new Set(cellsOf(table, column.path)).size;
  return [...named, ...texts].reduce<FlatColumn | undefined>((best, column) => (best === undefined || various(column) > various(best) ? column : best), undefined);
}

/** A chart that makes sense of the rows; null when they hold no figure. */
export function suggestChart(table: FlatTable): ChartChoice | null {
  const [y] = figures(table);
  const x = suggestedX(table) ?? figures(table)[1] ?? table.columns[0];
  if (y === undefined || x === undefined) return null;
  if (x.kind !== 'date') return { type: x.kind === 'number' ? 'SCATTER' : 'BAR', x: x.path, y: y.path, series: null };
  const repeats = new Set(cellsOf(table, x.path)).size < table.rows.length;
  const splits = repeats ? table.columns.find(({ path, kind }) => kind === 'text' && !clashes(table, x.path, path)) : undefined;
  return { type: 'LINE', x: x.path, y: y.path, series: splits?.path ?? null };
}

/** True when the columns of a choice are there and can stand where they stand. */
export function fits(table: FlatTable, { type, x, y, series }: ChartChoice): boolean {
  const columns = axisColumns(table, type);
  const has = (list: readonly FlatColumn[], path: string) => list.some((column) => column.path === path);
  return has(columns.x, x) && has(columns.y, y) && (series === null || columnOf(table, series) !== undefined);
}

/** The column that names the currency of a column of amounts: `price.currency` of `price.amount`. */
export function currencyColumn(table: FlatTable, y: string): string | null {
  const path = y.replace(/amount$/, 'currency');
  return path !== y && columnOf(table, path) !== undefined ? path : null;
}

/** The currencies of a column of amounts, the most frequent first; none where the column holds no amounts. */
export function currenciesOf(table: FlatTable, y: string): string[] {
  const path = currencyColumn(table, y);
  if (path === null) return [];
  const counts = new Map<string, number>();
  for (const cell of cellsOf(table, path)) if (typeof cell === 'string') counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([currency]) => currency);
}

function cellsOf(table: FlatTable, path: string): Cell[] {
  const index = table.columns.findIndex((column) => column.path === path);
  return table.rows.map((row) => row[index] ?? null);
}

const word = (cell: Cell | undefined) => (cell === null || cell === undefined ? '–' : String(cell));
const numberIn = (cell: Cell | undefined) => (typeof cell === 'number' || typeof cell === 'string' ? Number(cell) : null);

/** True when two rows would stand in one place of the chart. */
function clashes(table: FlatTable, x: string, series: string | null): boolean {
  const names = series === null ? [] : cellsOf(table, series);
  const places = cellsOf(table, x).map((cell, index) => JSON.stringify([cell, names[index] ?? null]));
  return new Set(places).size < places.length;
}

/**
 * Maps rows to places, without any arithmetic: a row is a mark. Rows are never added up, and amounts of two currencies
 * never stand on one axis: one currency is drawn at a time.
 */
export function draw(table: FlatTable, choice: ChartChoice, currency: string | null): Drawing {
  if (!fits(table, choice)) return { kind: 'refused', why: 'These columns are not in the rows, or hold no figures. Choose others.' };
  const ofCurrency = currencyColumn(table, choice.y);
  const shown = ofCurrency === null || currency === null ? table : only(table, ofCurrency, currency);
  const { type, x, y, series } = choice;
  if (series !== null && type !== 'SCATTER' && clashes(shown, x, series)) {
    return { kind: 'refused', why: `Several rows have the same ${x} and ${series}. Choose another column for the axis or for the series; rows are never added up here.` };
  }
  const notes: string[] = [];
  const limited = shown.rows.length > MOST[type] ? { ...shown, rows: shown.rows.slice(0, MOST[type]) } : shown;
  if (limited !== shown) notes.push(`The first ${MOST[type]} of ${shown.rows.length} rows are drawn.`);
  const names = series === null ? [y] : [...new Set(cellsOf(limited, series).map(word))];
  if (names.length > MOST_SERIES) notes.push(`The first ${MOST_SERIES} of ${names.length} series are drawn.`);
  const empty = cellsOf(limited, y).filter((cell) => cell === null).length;
  if (empty > 0) notes.push(`${empty} ${empty === 1 ? 'row has' : 'rows have'} no ${y}.`);
  const plot = { xLabel: x, yLabel: y, currency: ofCurrency === null ? null : currency };
  const drawn = names.slice(0, MOST_SERIES);
  if (type === 'SCATTER') return { kind: 'plot', notes, plot: { ...plot, type, series: pointsOf(limited, choice, drawn) } };
  return { kind: 'plot', notes, plot: { ...plot, type, ...marksOf(limited, choice, drawn) } };
}

function only(table: FlatTable, path: string, value: string): FlatTable {
  const index = table.columns.findIndex((column) => column.path === path);
  return { ...table, rows: table.rows.filter((row) => row[index] === value) };
}

type Marks = Pick<Extract<QueryPlot, { categories: unknown }>, 'categories' | 'ofDays' | 'series'>;

/** Without series every row has a place of its own, even where names repeat; with them, rows of one name share a place. */
function marksOf(table: FlatTable, { x, y, series }: ChartChoice, names: readonly string[]): Marks {
  const [places, values] = [cellsOf(table, x).map(word), cellsOf(table, y)];
  const ofDays = columnOf(table, x)?.kind === 'date';
  const exact = values.map((cell) => ({ value: numberIn(cell), text: cell === null ? null : String(cell) }));
  if (series === null) return { categories: places, ofDays, series: [{ name: y, marks: exact }] };
  const categories = [...new Set(places)];
  // Days of several series come in the order of one of them; together they are in the order of time.
  if (ofDays) categories.sort();
  const at = new Map(categories.map((place, index) => [place, index]));
  const owners = cellsOf(table, series).map(word);
  const none = { value: null, text: null };
  return {
    categories, ofDays,
    series: names.map((name) => {
      const marks = categories.map(() => none as (typeof exact)[number]);
      owners.forEach((owner, row) => {
        if (owner === name) marks[at.get(places[row] ?? '') ?? 0] = exact[row] ?? none;
      });
      return { name, marks };
    }),
  };
}

function pointsOf(table: FlatTable, { x, y, series }: ChartChoice, names: readonly string[]) {
  const title = suggestedX({ ...table, columns: table.columns.map((column) => (column.kind === 'text' ? column : { ...column, kind: 'number' })) });
  const titles = title === undefined || title.kind !== 'text' ? table.rows.map((_, index) => `Row ${index + 1}`) : cellsOf(table, title.path).map(word);
  const [xs, ys] = [cellsOf(table, x), cellsOf(table, y)];
  const owners = series === null ? null : cellsOf(table, series).map(word);
  return names.map((name) => ({
    name,
    points: titles.flatMap((text, row) => {
      const [across, up] = [numberIn(xs[row]), numberIn(ys[row])];
      return across === null || up === null || (owners !== null && owners[row] !== name) ? [] : [{ title: text, x: across, y: up, xText: word(xs[row]), yText: word(ys[row]) }];
    }),
  }));
}
