/** One value of a flat row. */
export type Cell = string | number | boolean | null;

/** What the values of a column are, for alignment, files and axes. */
export type CellKind = 'number' | 'date' | 'text';

/** One column of a flat table; `path` is its name: `company.name`. */
export interface FlatColumn {
  path: string;
  kind: CellKind;
}

/** The rows of an answer with nested objects as columns. */
export interface FlatTable {
  columns: readonly FlatColumn[];
  rows: readonly (readonly Cell[])[];
}

/** A list of an answer whose elements can be rows. */
export interface RowList {
  /** Its fields from the root on: `companies.nodes.licenses.nodes`; empty: the answer itself is the one row. */
  path: string;
  length: number;
  /** It lies within another list, so that its rows repeat what is around them. */
  nested: boolean;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is Json[] => Array.isArray(value) && value.length > 0 && value.some(isObject);
const joined = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

/** The lists of an answer in reading order; a list of nothing counts too, since it says that there is nothing. */
export function rowLists(data: unknown): RowList[] {
  const found = new Map<string, RowList>();
  const walk = (value: unknown, path: string, nested: boolean): void => {
    if (Array.isArray(value)) {
      if (value.length > 0 && !value.some(isObject)) return;
      const known = found.get(path) ?? { path, length: 0, nested };
      found.set(path, { ...known, length: known.length + value.length });
      for (const element of value) walk(element, path, true);
    } else if (isObject(value)) {
      for (const [name, child] of Object.entries(value)) if (typeof child === 'object') walk(child, joined(path, name), nested);
    }
  };
  walk(data, '', false);
  return [...found.values()];
}

/** The list that is shown where nobody chose one: the longest that lies in no other. */
export function mainList(lists: readonly RowList[]): string {
  const outer = lists.filter(({ nested }) => !nested);
  return outer.reduce((best, list) => (list.length > best.length ? list : best), outer[0] ?? { path: '', length: 0, nested: false }).path;
}

/** Fields that tell the elements of a short list apart, so that each element becomes columns of its own: `amounts.EUR.amount`. */
const telling = ['dimension', 'currency', 'source', 'band', 'kind', 'status', 'reason'] as const;
const MOST_PARTS = 12;

/** A row while it is collected: the values by path, in the order in which they came. */
type Draft = Map<string, Cell>;

/** The elements of the list at `path` as flat rows; those of a list within lists begin with what is around them. */
export function flatten(data: unknown, path: string): FlatTable {
  const drafts: Draft[] = [];
  const names = path === '' ? [] : path.split('.');
  const collect = (value: unknown, depth: number, around: Draft): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      const here = names.slice(0, depth).join('.');
      for (const element of value) {
        if (depth === names.length) drafts.push(new Map([...around, ...flat(element, '')]));
        else collect(element, depth, new Map([...around, ...scalarsOf(element, here)]));
      }
    } else if (depth === names.length) drafts.push(new Map([...around, ...flat(value, '')]));
    else if (isObject(value)) collect(value[names[depth] ?? ''], depth + 1, around);
  };
  collect(data, 0, new Map());
  return tableOf(drafts);
}

/** The plain values beside a nested list, objects without lists included. */
function scalarsOf(element: unknown, path: string): Draft {
  const found: Draft = new Map();
  if (!isObject(element)) return found;
  for (const [name, value] of Object.entries(element)) {
    if (!Array.isArray(value) && !(isObject(value) && holdsList(value))) for (const [key, cell] of flat(value, joined(path, name))) found.set(key, cell);
  }
  return found;
}

function holdsList(value: unknown): boolean {
  return Array.isArray(value) || (isObject(value) && Object.values(value).some(holdsList));
}

function flat(value: unknown, path: string): Draft {
  const found: Draft = new Map();
  const put = (child: unknown, at: string): void => {
    if (isObject(child)) for (const [name, inner] of Object.entries(child)) put(inner, joined(at, name));
    else if (isRows(child)) {
      const parts = partsOf(child);
      if (parts === null) found.set(at, JSON.stringify(child));
      else for (const [name, part] of parts) put(part, joined(at, name));
    } else if (Array.isArray(child)) found.set(at === '' ? 'value' : at, child.map(String).join(', '));
    else found.set(at === '' ? 'value' : at, (child ?? null) as Cell);
  };
  put(value, path);
  return found;
}

/** The elements under the value that tells them apart, without that value, and bare where one field is left; null when nothing tells them apart. */
function partsOf(list: readonly unknown[]): [string, unknown][] | null {
  if (list.length > MOST_PARTS || !list.every(isObject)) return null;
  const field = telling.find((name) => list.every((element) => typeof element[name] === 'string')
    && new Set(list.map((element) => element[name])).size === list.length);
  if (field === undefined) return null;
  return list.map((element) => {
    const rest = Object.entries(element).filter(([name]) => name !== field);
    return [String(element[field]), rest.length === 0 ? element[field] : rest.length === 1 ? rest[0]?.[1] : Object.fromEntries(rest)];
  });
}

function tableOf(drafts: readonly Draft[]): FlatTable {
  const paths = new Set(drafts.flatMap((draft) => [...draft.keys()]));
  // An object that is null in some rows would leave a column of its own beside those of its fields.
  const within = new Set([...paths].flatMap((path) => path.split('.').slice(0, -1).map((_, index, parts) => parts.slice(0, index + 1).join('.'))));
  const kept = inOrder([...paths].filter((path) => !within.has(path) || drafts.some((draft) => draft.get(path) != null)), drafts);
  const rows = drafts.map((draft) => kept.map((path) => draft.get(path) ?? null));
  return { columns: kept.map((path, index) => ({ path, kind: kindOf(path, rows.map((row) => row[index] ?? null)) })), rows };
}

/** In the order of the widest row; what only other rows have follows the column that it follows there. */
function inOrder(paths: readonly string[], drafts: readonly Draft[]): string[] {
  const wanted = new Set(paths);
  const order: string[] = [];
  const placed = new Set<string>();
  for (const draft of [...drafts].sort((a, b) => b.size - a.size).slice(0, 50).concat(drafts)) {
    let last = -1;
    for (const path of draft.keys()) {
      if (!wanted.has(path)) continue;
      if (placed.has(path)) last = order.indexOf(path);
      else {
        order.splice(last + 1, 0, path);
        placed.add(path);
        last += 1;
      }
    }
    if (placed.size === wanted.size) break;
  }
  return order;
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const DATE = /^\d{4}-(\d{2}(-\d{2}(T[\d:.]+Z)?)?|Q[1-4])$/;
/** Ids are written with digits, and measure nothing. */
const IDENTITY = /((^|\.)id|[a-z](Id|ID))$/;

function kindOf(path: string, cells: readonly Cell[]): CellKind {
  const given = cells.filter((cell) => cell !== null);
  if (given.length === 0) return 'text';
  if (!IDENTITY.test(path) && given.every((cell) => typeof cell === 'number' || (typeof cell === 'string' && NUMBER.test(cell)))) return 'number';
  return given.every((cell) => typeof cell === 'string' && DATE.test(cell)) ? 'date' : 'text';
}
