import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { numberOrNull, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { AnalyzeDimension, AnalyzeKey } from '../../graphql.generated.js';
import { idOffsets } from '../../modules/unified/columns.js';
import { unifiedSource } from '../../modules/unified/relation.js';
import type { GroupedBy } from './dimensions.js';
import type { AnalyzeQuestion } from './question.js';

/** Dimensions that have names, which stand in a column `<column>_l`. */
const named: ReadonlySet<AnalyzeDimension> = new Set(['OWNER', 'COMPANY', 'PARTNER']);

/** Columns of lines that a row's keys are made from; digests stay in the database. */
export function keyColumns(dims: readonly GroupedBy[]): string[] {
  return dims.filter(({ kind, lookedUp }) => kind === 'whole' || lookedUp === undefined).map(({ column }) => column);
}

/** Texts that do not stand in the lines. */
export interface Labels {
  /** Each under its name, `<column>_v` for what is looked up and `<column>_l` for names. */
  columns: Sql[];
  names: string[];
  joins: Sql;
}

/** True when a dimension has texts that do not stand in the lines. */
export const isLabelled = ({ name, lookedUp }: GroupedBy): boolean => named.has(name) || lookedUp !== undefined;

/** The texts of some dimensions of lines `alias`, as far as the viewer may see them. */
export function labelsOf(question: AnalyzeQuestion, dims: readonly GroupedBy[], alias: string): Labels {
  const { dialect } = question.context.db;
  const parts = dims.filter(isLabelled).map((dim) => {
    const { name, column, lookedUp } = dim;
    const looked = lookedUp === undefined ? null : lookUp(question, column, lookedUp, alias);
    // A company's own licences may name hosts too.
    const value = looked === null ? null : sql`case when ${raw(name === 'OWNER' ? `${alias}.${column}_h` : `${alias}.${column}`)} is not null then ${looked.value} end`;
    const label = named.has(name) ? nameOf(question, dim, alias, value === null ? [] : [dialect.neutralText(value)]) : null;
    return {
      columns: [...(value === null ? [] : [sql`${value} as ${raw(`${column}_v`)}`]), ...(label === null ? [] : [sql`${label.name} as ${raw(`${column}_l`)}`])],
      names: [...(value === null ? [] : [`${column}_v`]), ...(label === null ? [] : [`${column}_l`])],
      joins: [...(looked === null ? [] : [looked.joins]), ...(label === null ? [] : [label.joins])],
    };
  });
  const joins = parts.flatMap((part) => part.joins);
  return { columns: parts.flatMap((part) => part.columns), names: parts.flatMap((part) => part.names), joins: joins.length === 0 ? empty : join(joins, ' ') };
}

/** A column of the licence that a line is told by, wherever that stands. */
function lookUp({ context, asOf, scope }: AnalyzeQuestion, column: string, lookedUp: 'site_host' | 'product_key', alias: string): { value: Sql; joins: Sql } {
  const from = (lookedUp === 'site_host' ? scope.sources.filter((source) => source !== 'PORTAL') : scope.sources).map((source) => ({ source, as: `${column}${source.charAt(0).toLowerCase()}l` }));
  if (from.length === 0) return { value: raw('null'), joins: empty };
  const values = from.map(({ as }) => context.db.dialect.neutralExactText(raw(`case when ${as}.${lookedUp} <> '' then ${as}.${lookedUp} end`)));
  return {
    value: values.length === 1 ? join(values) : sql`coalesce(${join(values)})`,
    joins: join(from.map(({ source, as }) => sql`left join (select k.row_id as row_id, k.${raw(lookedUp)} as ${raw(lookedUp)} from ${unifiedSource(context, source, asOf, ['row_id', lookedUp])}) ${raw(as)}
      on ${raw(`${as}.row_id = ${alias}.licence_id - ${idOffsets[source]}`)}`), ' '),
  };
}

/** The name of an owner, company or partner; where its row is missing, its number, and of a site the host. */
function nameOf({ context: { db } }: AnalyzeQuestion, { name, column }: GroupedBy, alias: string, others: readonly Sql[]): { name: Sql; joins: Sql } {
  const { dialect } = db;
  const company = { text: dialect.neutralText(raw(`${column}c.company_name`)), joined: sql`left join ${db.table('company', `${column}c`)} on ${raw(`${column}c.id = ${alias}.${column}`)}` };
  const partner = (sign: string) => ({ text: dialect.neutralText(raw(`${column}p.partner_name`)), joined: sql`left join ${db.table('partner', `${column}p`)} on ${raw(`${column}p.id = ${sign}${alias}.${column}`)}` });
  const known = name === 'COMPANY' ? [company] : name === 'PARTNER' ? [partner('')] : [company, partner('-')];
  const unnamed = dialect.neutralText(dialect.concat([raw(`'#'`), dialect.asText(raw(`abs(${alias}.${column})`))]));
  return { name: sql`coalesce(${join([...known.map(({ text }) => text), unnamed, ...others])})`, joins: join(known.map(({ joined }) => joined), ' ') };
}

/** The identity of a line `s` as one text: of one of its licences, where it is told by one, else what it is grouped by. No part can hold a slash. */
export function keyText({ db: { dialect } }: Context, dims: readonly GroupedBy[]): Sql {
  const told = dims.some(({ lookedUp }) => lookedUp !== undefined);
  const own = dims.filter(({ name }) => name !== 'PRODUCT').map(({ column, kind }) => {
    const text = dialect.neutralExactText(kind === 'whole' ? dialect.asText(raw(`s.${column}`)) : raw(`s.${column}`));
    return sql`coalesce(${text}, '')`;
  });
  const [first = raw(`''`), ...others] = own;
  const grouped = others.length === 0 ? first : dialect.concat([first, ...others.flatMap((part) => [raw(`'/'`), part])]);
  if (!told) return dialect.neutralExactText(grouped);
  return dialect.neutralExactText(sql`case when s.licence_id is not null then ${dialect.concat([raw(`'L'`), dialect.asText(raw('s.licence_id'))])} else ${grouped} end`);
}

/** After all months: perpetual licences. */
const NEVER_ENDS = raw('999999');

/** What lines `k` are ordered by in a dimension; never null. */
export function dimensionOrder({ db: { dialect } }: Context, { name, column, kind, lookedUp }: GroupedBy): Sql {
  if (named.has(name)) return dialect.foldCase(raw(`coalesce(k.${column}_l, '')`));
  if (kind === 'text') return raw(`coalesce(k.${column}${lookedUp === undefined ? '' : '_v'}, '')`);
  return sql`coalesce(k.${raw(column)}, ${name.startsWith('END_') ? NEVER_ENDS : raw('-1')})`;
}

/** How whole numbers read. */
const words: Partial<Record<AnalyzeDimension, (value: number) => string>> = {
  AUTO_RENEW: (flag) => (flag === 0 ? 'false' : 'true'),
  START_MONTH: monthOf, START_QUARTER: quarterOf, START_YEAR: yearOf, END_MONTH: monthOf, END_QUARTER: quarterOf, END_YEAR: yearOf,
};

function yearOf(period: number): string {
  return String(Math.floor(period / 100)).padStart(4, '0');
}

function monthOf(period: number): string {
  return `${yearOf(period)}-${String(period % 100).padStart(2, '0')}`;
}

function quarterOf(period: number): string {
  return `${yearOf(period)}-Q${period % 100}`;
}

/** What a line is in its dimensions. */
export function keysOf(dims: readonly GroupedBy[], row: Row): AnalyzeKey[] {
  return dims.map((dim) => {
    const value = valueOf(dim, row);
    return { dimension: dim.name, value, label: value === null ? null : named.has(dim.name) ? textOrNull(row, `${dim.column}_l`) : value };
  });
}

function valueOf({ name, column, kind, lookedUp }: GroupedBy, row: Row): string | null {
  if (kind === 'text') return textOrNull(row, lookedUp === undefined ? column : `${column}_v`);
  const whole = numberOrNull(row, column);
  if (name === 'OWNER') return ownerOf(whole, textOrNull(row, `${column}_v`));
  return whole === null ? null : (words[name]?.(whole) ?? String(whole));
}

function ownerOf(number: number | null, host: string | null): string | null {
  if (number !== null) return number < 0 ? `partner:${-number}` : `company:${number}`;
  return host === null ? null : `site:${host}`;
}
