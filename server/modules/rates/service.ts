import type { Decimal } from 'decimal.js';
import sql from 'sql-template-tag';
import type { Context } from '../../context.js';
import { text } from '../../db/decode.js';
import { addDays } from '../../reports/shapes/days.js';
import { decimal } from '../../reports/shapes/money.js';

/** How far back a rate may lie: over a weekend and the holidays around it. */
const MAX_AGE_DAYS = 7;

/** A rate between two currencies on a day. */
export interface Rate {
  /** Units of the target for one unit of the source, as an exact decimal. */
  rate: string;
  rateDate: string;
  source: string;
  /** An amount converted and not rounded: by the published rates, since `rate` itself may be a rounded quotient. */
  converted(amount: string): Decimal;
}

interface EuroRate {
  unitsPerEuro: string;
  date: string;
  source: string;
}

const RATE_DIGITS = 12;

/** The rates of a day, each at most 7 days old. */
export class RateTable {
  private constructor(
    private readonly rates: ReadonlyMap<string, EuroRate>,
    private readonly asOf: string,
  ) {}

  static async of({ db }: Context, asOf: string): Promise<RateTable> {
    const rows = await db.read(sql`
      select r.rate_date as rate_date, r.currency as currency, r.units_per_euro as units_per_euro, r.source as source
      from ${db.sharedTable('sw_exchange_rates', 'r')}
      where r.rate_date >= ${addDays(asOf, -MAX_AGE_DAYS)} and r.rate_date <= ${asOf} order by r.rate_date`);
    // Later days overwrite earlier ones.
    const rates = rows.map((row): [string, EuroRate] => [
      text(row, 'currency'),
      { unitsPerEuro: text(row, 'units_per_euro'), date: text(row, 'rate_date'), source: text(row, 'source') },
    ]);
    return new RateTable(new Map(rates), asOf);
  }

  /** The rate from one currency to another through the euro; null when there is none within 7 days. */
  between(from: string, to: string): Rate | null {
    if (from === to) return { rate: '1', rateDate: this.asOf, source: 'same currency', converted: decimal };
    const [source, target] = [this.euroRate(from), this.euroRate(to)];
    if (source === null || target === null) return null;
    return {
      rate: decimal(target.unitsPerEuro).div(source.unitsPerEuro).toSignificantDigits(RATE_DIGITS).toFixed(),
      rateDate: source.date < target.date ? source.date : target.date,
      source: from === 'EUR' ? target.source : source.source,
      converted: (amount) => decimal(amount).times(target.unitsPerEuro).div(source.unitsPerEuro),
    };
  }

  private euroRate(currency: string): EuroRate | null {
    if (currency === 'EUR') return { unitsPerEuro: '1', date: this.asOf, source: '' };
    return this.rates.get(currency) ?? null;
  }
}
