import { createHash } from 'node:crypto';
import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import { recordChange } from '../audit/service.js';
import { refusable } from '../change/change.js';
import type { Loaded } from '../rates/changes.js';
import { identityOf } from './check.js';
import { pricesFromCsv } from './csv.js';
import { PRICE, type PriceRow } from './entity.js';
import { lockPrices } from './store.js';

const ROWS_PER_STATEMENT = 500;
/** The audit log shows so many of the prices that a file replaced; the file's hash stands for the rest. */
const LOGGED_VALUES = 100;

/** Loads a file of prices, all of it or nothing. */
export async function loadPrices(context: Context, csv: string): Promise<Loaded> {
  const { row, userErrors } = await refusable(context, (tx) => store(context, tx, csv));
  return row === null ? { rows: 0, created: 0, updated: 0, userErrors } : { ...row, userErrors };
}

async function store(context: Context, tx: ScopedTransaction, csv: string): Promise<Omit<Loaded, 'userErrors'>> {
  const prices = pricesFromCsv(csv);
  const known = new Map((await lockPrices(tx)).map((price) => [identityOf(price), price]));
  const created = prices.filter((price) => !known.has(identityOf(price)));
  const replaced = prices.flatMap((price) => {
    const before = known.get(identityOf(price));
    return before === undefined || samePrice(before, price) ? [] : [{ before, after: { ...price, id: before.id } }];
  });
  for (let at = 0; at < created.length; at += ROWS_PER_STATEMENT) await tx.manager.insert(PRICE, created.slice(at, at + ROWS_PER_STATEMENT));
  for (let at = 0; at < replaced.length; at += ROWS_PER_STATEMENT) {
    await tx.manager.upsert(PRICE, replaced.slice(at, at + ROWS_PER_STATEMENT).map(({ after }) => after), ['id']);
  }
  const counts = { rows: prices.length, created: created.length, updated: replaced.length };
  if (created.length + replaced.length === 0) return counts;
  const logged = replaced.slice(0, LOGGED_VALUES);
  await recordChange(context, tx, {
    action: 'load', entity: PRICE, entityId: 'file',
    before: { replaced: logged.map(({ before }) => valuesOf(before)) },
    after: { ...counts, replaced: logged.map(({ after }) => valuesOf(after)), sha256: createHash('sha256').update(csv).digest('hex') },
  });
  return counts;
}

function samePrice(a: PriceRow, b: Omit<PriceRow, 'id'>): boolean {
  return a.amountMinor === b.amountMinor && a.intervalMonths === b.intervalMonths && a.validTo === b.validTo && a.variation === b.variation;
}

/** What a file can change of a price, and which price it is: names may be long, and the log's column is not. */
function valuesOf({ id, amountMinor, intervalMonths, validTo }: PriceRow): unknown[] {
  return [id, amountMinor, intervalMonths, validTo];
}
