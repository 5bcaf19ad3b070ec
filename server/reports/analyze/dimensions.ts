import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import type { AnalyzeDimension } from '../../graphql.generated.js';
import { ownerNumber } from '../../modules/activity/owner-number.js';
import type { UnifiedColumn } from '../../modules/unified/columns.js';
import { hasKnownCurrency } from '../../modules/unified/known-currency.js';
import type { Dialect } from '../../db/dialect/dialect.js';

/** What rows can be grouped by, in SQL over a licence or an owner `k`; `gp` is its reseller where that is joined. */
export interface Dimension {
  /** Columns of the relation that it is made from. */
  columns: readonly UnifiedColumn[];
  /** True when it says something of an owner that holds no licence. */
  ofOwner: boolean;
  /** True when the reseller has to be joined. */
  ofReseller: boolean;
  /** A text, or a whole number. */
  kind: 'text' | 'whole';
  value: (context: Context) => Sql;
  /** A second column that it is grouped by: the digest of the host of a site, which has no number; null for other owners. */
  host?: (context: Context) => Sql;
  /**
   * Where texts are long, rows are grouped by their digests, and this column of one licence of the group is read instead: hosts and
   * slugs make tables of a thousand bytes a row, which MariaDB puts on disk.
   */
  lookedUp?: 'site_host' | 'product_key';
}

const plain = { ofOwner: false, ofReseller: false } as const;

/** A text that is not empty. Not nullif: over a column of a derived table it crashes MariaDB 10.11 when a statement runs again. */
const filled = (column: string): Sql => raw(`case when ${column} <> '' then ${column} end`);

/** Texts of several tables: they meet in one column. */
const exact = (dialect: Dialect, value: Sql): Sql => dialect.neutralExactText(value);

const textOf = (column: UnifiedColumn): Dimension => ({
  ...plain, columns: [column], kind: 'text', value: ({ db }) => exact(db.dialect, filled(`k.${column}`)),
});

/** The month, quarter or year of a day as a whole number: 202606, 202602 and 202600. */
function periodOf(column: 'start_date' | 'end_date', period: 'month' | 'quarter' | 'year'): Dimension {
  const value = ({ db: { dialect } }: Context): Sql => {
    const month = dialect.monthOf(raw(`k.${column}`));
    const year = sql`(${month} - ${month} % 100)`;
    // Of months 1, 2, 3 one more is nearest to 3 times 1, and so on: neither database has a whole division of the other's name.
    return { month, year, quarter: sql`(${year} + ${dialect.wholeQuotient(sql`(${month} % 100 + 1)`, raw('3'))})` }[period];
  };
  return { ...plain, columns: [column], kind: 'whole', value };
}

/** Every dimension. To add one, add a line here, its value in the SDL, and how it reads in `keys.ts`. */
export const dimensions: Record<AnalyzeDimension, Dimension> = {
  OWNER: {
    columns: ['company_id', 'partner_id', 'site_host'], ofOwner: true, ofReseller: false, kind: 'whole',
    // A company's id, or that of a partner below zero.
    value: () => ownerNumber('k'),
    host: ({ db: { dialect } }) => sql`case when k.company_id is null and k.partner_id is null then ${dialect.shortKey(exact(dialect, raw(`coalesce(k.site_host, '')`)))} end`,
    lookedUp: 'site_host',
  },
  OWNER_KIND: {
    columns: ['company_id', 'partner_id', 'site_host'], ofOwner: true, ofReseller: false, kind: 'text',
    value: ({ db }) => exact(db.dialect, raw(`case when k.company_id is not null then 'COMPANY' when k.partner_id is not null then 'PARTNER' when k.site_host <> '' then 'SITE' end`)),
  },
  COMPANY: { columns: ['company_id'], ofOwner: true, ofReseller: false, kind: 'whole', value: () => raw('k.company_id') },
  PARTNER: { columns: ['company_id', 'partner_id'], ofOwner: true, ofReseller: true, kind: 'whole', value: () => raw('gp.id') },
  PRODUCT: {
    ...plain, columns: ['product_key'], kind: 'text', lookedUp: 'product_key',
    value: ({ db: { dialect } }) => sql`case when k.product_key <> '' then ${dialect.shortKey(exact(dialect, raw('k.product_key')))} end`,
  },
  CURRENCY: { ...plain, columns: ['currency'], kind: 'text', value: ({ db }) => knownCurrency(db.dialect) },
  SOURCE: textOf('source'),
  STATUS: textOf('status'),
  SUB_STATUS: textOf('sub_status'),
  PROVIDER: textOf('provider'),
  AUTO_RENEW: { ...plain, columns: ['auto_renew'], kind: 'whole', value: () => raw('k.auto_renew') },
  START_MONTH: periodOf('start_date', 'month'),
  START_QUARTER: periodOf('start_date', 'quarter'),
  START_YEAR: periodOf('start_date', 'year'),
  END_MONTH: periodOf('end_date', 'month'),
  END_QUARTER: periodOf('end_date', 'quarter'),
  END_YEAR: periodOf('end_date', 'year'),
};

/** The currency of `k`, null unless it is a known one. */
export function knownCurrency(dialect: Dialect): Sql {
  return sql`case when ${hasKnownCurrency(dialect, raw('k.currency'))} then ${exact(dialect, raw('k.currency'))} end`;
}

/** The digest of no host. */
export const noHost = (dialect: Dialect): Sql => dialect.shortKey(exact(dialect, raw(`''`)));

/** A dimension with its place among those asked for. */
export interface GroupedBy extends Dimension {
  name: AnalyzeDimension;
  /** Its column in every statement; `<column>_h` is that of the host. */
  column: string;
}

/** The dimensions asked for. */
export function groupedBy(names: readonly AnalyzeDimension[]): readonly GroupedBy[] {
  return names.map((name, index) => ({ ...dimensions[name], name, column: `d${index}` }));
}

/** Names of the columns that rows are grouped by. */
export function groupColumns(dims: readonly GroupedBy[]): string[] {
  return dims.flatMap(({ column, host }) => (host === undefined ? [column] : [column, `${column}_h`]));
}

/** These columns of a row `k`; those that say nothing of it are null, or come from `other`. */
export function groupValues(context: Context, dims: readonly GroupedBy[], saysSomething: (dim: GroupedBy) => boolean = () => true, other: (column: string) => Sql = () => raw('null')): Sql[] {
  const read = (dim: GroupedBy, column: string, value: Sql): Sql => sql`${saysSomething(dim) ? value : other(column)} as ${raw(column)}`;
  return dims.flatMap((dim) => [
    read(dim, dim.column, dim.value(context)), ...(dim.host === undefined ? [] : [read(dim, `${dim.column}_h`, dim.host(context))]),
  ]);
}

/** The reseller `gp` of a row `k` with company_id and partner_id, as far as the viewer may see it. */
export function resellerJoin({ db }: Context): Sql {
  return sql`left join ${db.table('company', 'gc')} on gc.id = k.company_id
    left join ${db.table('partner', 'gp')} on gp.id = case when k.company_id is null then k.partner_id else gc.partner_id end`;
}
