import { EntitySchema } from 'typeorm';

/** A price of the list, as stored and as read. */
export interface PriceRow {
  id: number;
  /** In lower case. */
  productSlug: string;
  /** Null: any. */
  variation: string | null;
  /** A whole number of minor units as text: no amount goes through a float. */
  amountMinor: string;
  currency: string;
  /** Null: paid once. */
  intervalMonths: number | null;
  validFrom: string;
  /** Null: open. */
  validTo: string | null;
}

/** Name of the entity inside TypeORM and in the audit log. */
export const PRICE = 'Price';

export const PriceEntity = new EntitySchema<PriceRow>({
  name: PRICE,
  tableName: 'sw_price_list',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' },
    productSlug: { type: 'varchar', length: 255, name: 'product_slug' },
    variation: { type: 'varchar', length: 255, nullable: true },
    amountMinor: { type: 'bigint', name: 'amount_minor' },
    currency: { type: 'varchar', length: 3 },
    intervalMonths: { type: 'int', name: 'interval_months', nullable: true },
    validFrom: { type: 'date', name: 'valid_from' },
    validTo: { type: 'date', name: 'valid_to', nullable: true },
  },
});
