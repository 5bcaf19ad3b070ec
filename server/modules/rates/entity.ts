import { EntitySchema } from 'typeorm';

/** A rate of one currency against the euro, as stored and as read. */
export interface EuroRateRow {
  rateDate: string;
  currency: string;
  /** A decimal text, as published. */
  unitsPerEuro: string;
  source: string;
}

/** Name of the entity inside TypeORM and in the audit log. */
export const EXCHANGE_RATE = 'ExchangeRate';

export const ExchangeRateEntity = new EntitySchema<EuroRateRow>({
  name: EXCHANGE_RATE,
  tableName: 'sw_exchange_rates',
  columns: {
    rateDate: { type: 'date', name: 'rate_date', primary: true },
    currency: { type: 'varchar', length: 3, primary: true },
    unitsPerEuro: { type: 'varchar', length: 32, name: 'units_per_euro' },
    source: { type: 'varchar', length: 64 },
  },
});
