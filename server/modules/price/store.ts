import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { containsText } from '../../db/filter.js';
import { padded, readPage, type Page } from '../../db/page.js';
import type { ScopedTables, ScopedTransaction } from '../../db/scoped.js';
import type { PriceRow } from './entity.js';

/** Arguments of the price list. */
export interface PriceListArgs {
  first?: number | null;
  after?: string | null;
  search?: string | null;
  validOn?: string | null;
}

/** One page of the price list, by product. */
export function pricePage({ db }: Context, { first, after, search, validOn }: PriceListArgs): Promise<Page<PriceRow>> {
  const wanted = search?.trim() ?? '';
  return readPage({
    db,
    source: db.sharedTable('sw_price_list', 'p'),
    alias: 'p',
    where: [
      ...(wanted === '' ? [] : [sql`${containsText(raw('p.product_slug'), wanted)} or ${containsText(raw('p.variation'), wanted)}`]),
      ...(validOn == null ? [] : [sql`p.valid_from <= ${validOn} and (p.valid_to is null or p.valid_to >= ${validOn})`]),
    ],
    order: { name: 'price.PRODUCT', key: raw('p.product_slug'), direction: 'ASC' },
    first,
    after,
    columns: columns(db),
    decode,
  });
}

/** Prices by id, null where there is none. */
export async function pricesByIds(db: ScopedTables, ids: readonly number[], lock = false): Promise<(PriceRow | null)[]> {
  const rows = await db.read(sql`
    select ${columns(db)} from ${db.sharedTable('sw_price_list', 'x')}
    where x.id in (${join(padded(ids))}) ${lock ? db.dialect.lockRows : empty}`);
  const byId = new Map(rows.map(decode).map((price) => [price.id, price]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The whole list, locked until the transaction ends: whoever adds a price waits for whoever checks that there is none such. */
export async function lockPrices(tx: ScopedTransaction): Promise<PriceRow[]> {
  const rows = await tx.read(sql`select ${columns(tx)} from ${tx.sharedTable('sw_price_list', 'x')} ${tx.dialect.lockRows}`);
  return rows.map(decode);
}

function columns({ dialect }: ScopedTables): Sql {
  return sql`x.id as id, x.product_slug as product_slug, x.variation as variation, ${dialect.exactInteger(raw('x.amount_minor'))} as amount_minor,
    x.currency as currency, x.interval_months as interval_months, x.valid_from as valid_from, x.valid_to as valid_to`;
}

function decode(row: Row): PriceRow {
  return {
    id: number(row, 'id'),
    productSlug: text(row, 'product_slug'),
    variation: textOrNull(row, 'variation'),
    amountMinor: text(row, 'amount_minor'),
    currency: text(row, 'currency'),
    intervalMonths: numberOrNull(row, 'interval_months'),
    validFrom: text(row, 'valid_from'),
    validTo: textOrNull(row, 'valid_to'),
  };
}
