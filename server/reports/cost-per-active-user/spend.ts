import sql, { raw } from 'sql-template-tag';
import { number, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { all } from '../../db/filter.js';
import { hasKnownCurrency } from '../../modules/unified/known-currency.js';
import { licenceInForce, unifiedSource } from '../../modules/unified/relation.js';
import { ownerLines, pricedExternals } from './lines.js';
import { paidSources, type CostQuestion, type PaidSource } from './question.js';

/** Spend and users, of one source or of one of its owners, in one currency. */
export interface Cost {
  source: PaidSource;
  currency: string;
  licenses: number;
  /** Annual spend in 1/60 minor units, exact. */
  parts: string;
  activeUsers: number;
}

/**
 * Spend and users by source and currency, portal first. A user has one owner, and an owner one line a currency: the users of the
 * lines of one currency are distinct.
 */
export async function costBySource(question: CostQuestion): Promise<Cost[]> {
  const { db } = question.context;
  const sum = db.dialect.exactInteger(raw('sum(k.spend)'));
  const portal = () => db.read(sql`select k.currency as currency, sum(k.licenses) as licenses, ${sum} as parts, sum(k.active) as active
    from ${ownerLines(question, 'PORTAL')} group by k.currency`);
  const external = () => db.read(sql`select k.currency as currency, count(*) as licenses, ${db.dialect.exactInteger(raw('sum(k.arr)'))} as parts, sum(k.used) as active
    from (${pricedExternals(question)}) k group by k.currency`);
  const read = { PORTAL: portal, EXTERNAL: external };
  const costs = await Promise.all(question.sources.map(async (source) => (await read[source]()).map((row) => decodeCost(source, row))));
  return costs.flat().sort((a, b) => paidSources.indexOf(a.source) - paidSources.indexOf(b.source) || (a.currency < b.currency ? -1 : 1));
}

/** A row (currency, licenses, parts, active). */
export function decodeCost(source: PaidSource, row: Row): Cost {
  return {
    source,
    currency: text(row, 'currency'),
    licenses: number(row, 'licenses'),
    parts: text(row, 'parts'),
    activeUsers: number(row, 'active'),
  };
}

/** Licences in force that a warning speaks of. */
export interface LeftOut {
  unpriced: number;
  unknownCurrency: number;
  withoutArr: number;
  afterAsOf: number;
}

/** External licences in force without a price, without a currency, without ARR by definition, and seen after asOf alone. */
export async function leftOut({ context, asOf, window, sources, scope }: CostQuestion): Promise<LeftOut> {
  const { db } = context;
  const columns = ['company_id', 'partner_id', 'product_key', 'currency', 'arr', 'last_checked_in_at', 'status', 'is_enabled', 'is_superseded'] as const;
  const rows = sources.includes('EXTERNAL') ? await db.read(sql`select g.kind as kind, g.late as late, count(*) as n from (
      select case when k.arr is null then 'unpriced' when k.arr = 0 then 'withoutArr'
          when not ${hasKnownCurrency(db.dialect, raw('k.currency'))} then 'unknownCurrency' else 'counted' end as kind,
        case when k.last_checked_in_at >= ${window.endsBefore} then 1 else 0 end as late
      from ${unifiedSource(context, 'EXTERNAL', asOf, columns)} where ${all([licenceInForce, scope.licenses])}
    ) g group by g.kind, g.late`) : [];
  const count = (matches: (row: Row) => boolean) => rows.filter(matches).reduce((sum, row) => sum + number(row, 'n'), 0);
  const ofKind = (kind: string) => count((row) => text(row, 'kind') === kind);
  return {
    unpriced: ofKind('unpriced'), unknownCurrency: ofKind('unknownCurrency'), withoutArr: ofKind('withoutArr'),
    afterAsOf: count((row) => number(row, 'late') === 1),
  };
}
