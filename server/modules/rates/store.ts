import sql, { raw } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import { isOneOf } from '../../db/filter.js';
import { readPage, type Page } from '../../db/page.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { DateRange } from '../../graphql.generated.js';
import type { EuroRateRow } from './entity.js';

/** Arguments of the list of rates. */
export interface RateListArgs {
  first?: number | null;
  after?: string | null;
  currencies?: readonly string[] | null;
  range?: DateRange | null;
}

const columns = raw('x.rate_date as rate_date, x.currency as currency, x.units_per_euro as units_per_euro, x.source as source');

const letter = (place: number): string => `instr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', substr(n.currency, ${place}, 1))`;
/** A number for a currency that falls along the alphabet: rates have no id, and days are listed downwards, their currencies upwards. */
const placeOfCurrency = raw(`20000 - (${letter(1)} * 729 + ${letter(2)} * 27 + ${letter(3)})`);

/** One page of the rates, the latest day first. */
export function ratePage({ db }: Context, { first, after, currencies, range }: RateListArgs): Promise<Page<EuroRateRow>> {
  return readPage({
    db,
    source: sql`(select n.*, ${placeOfCurrency} as id from ${db.sharedTable('sw_exchange_rates', 'n')}) r`,
    alias: 'r',
    where: [
      ...(currencies == null ? [] : [isOneOf(raw('r.currency'), currencies, 'currencies')]),
      ...(range?.from == null ? [] : [sql`r.rate_date >= ${range.from}`]),
      ...(range?.to == null ? [] : [sql`r.rate_date <= ${range.to}`]),
    ],
    order: { name: 'rate.DATE', key: raw('r.rate_date'), direction: 'DESC' },
    first,
    after,
    columns,
    decode,
  });
}

/** The rates of a range of days as they are, locked until the transaction ends. */
export async function lockRates(tx: ScopedTransaction, from: string, to: string): Promise<EuroRateRow[]> {
  const rows = await tx.read(sql`
    select ${columns} from ${tx.sharedTable('sw_exchange_rates', 'x')}
    where x.rate_date >= ${from} and x.rate_date <= ${to} ${tx.dialect.lockRows}`);
  return rows.map(decode);
}

function decode(row: Row): EuroRateRow {
  return {
    rateDate: text(row, 'rate_date'), currency: text(row, 'currency'), unitsPerEuro: text(row, 'units_per_euro'), source: text(row, 'source'),
  };
}
