import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { PriceChanges, PriceInput } from '../../graphql.generated.js';
import { moneyFromMinor } from '../../reports/shapes/money.js';
import { create, remove, update, type Outcome, type Subject } from '../change/change.js';
import { Faults } from '../change/refusal.js';
import { checkPrice, identityOf, type PriceDraft } from './check.js';
import { PRICE, type PriceRow } from './entity.js';
import { lockPrices, pricesByIds } from './store.js';

/** Prices as a kind of row that can be changed. */
export const priceSubject: Subject<PriceRow> = {
  entity: PRICE,
  label: 'price',
  columns: ({ id, productSlug, variation, amountMinor, currency, intervalMonths, validFrom, validTo }) => ({
    id, productSlug, variation, amountMinor, currency, intervalMonths, validFrom, validTo,
  }),
  lock: async (tx, id) => (await pricesByIds(tx, [id], true))[0] ?? null,
};

type Key = { id: number; etag: string };

export function createPrice(context: Context, input: PriceInput): Promise<Outcome<PriceRow>> {
  const { variation = null, intervalMonths = null, validTo = null } = input;
  return create(context, priceSubject, (tx) => check(tx, 0, { ...input, variation, intervalMonths, validTo }));
}

export function updatePrice(context: Context, key: Key, input: PriceChanges): Promise<Outcome<PriceRow>> {
  return update(context, priceSubject, key, (tx, row) => {
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<PriceDraft>;
    return check(tx, row.id, { ...row, amount: moneyFromMinor(row.amountMinor, row.currency).amount, ...given });
  });
}

export function deletePrice(context: Context, key: Key): Promise<Outcome<PriceRow>> {
  return remove(context, priceSubject, key);
}

async function check(tx: ScopedTransaction, id: number, draft: PriceDraft): Promise<Omit<PriceRow, 'id'>> {
  const faults = new Faults();
  const price = checkPrice(draft, (field, code, message) => faults.add(field, code, message.charAt(0).toUpperCase() + message.slice(1)));
  faults.refuseIfAny();
  const same = (await lockPrices(tx)).find((other) => other.id !== id && identityOf(other) === identityOf(price));
  if (same !== undefined) faults.add('validFrom', 'DUPLICATE', 'There is a price of this product, variation and currency from this day on already.');
  faults.refuseIfAny();
  return price;
}
