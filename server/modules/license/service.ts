import type { Context } from '../../context.js';
import type { ScopedTransaction } from '../../db/scoped.js';
import type { CreateLicenseInput, UpdateLicenseInput } from '../../graphql.generated.js';
import { decimal, decimalsOf, minorFromFloat, moneyFromMinor } from '../../reports/shapes/money.js';
import { create, remove, update, type Outcome, type Subject } from '../change/change.js';
import { checkReference, checkText } from '../change/checks.js';
import { Faults } from '../change/refusal.js';
import { LICENSE, type LicenseRecord, type LicenseRow } from './entity.js';
import { licensesByIds } from './store.js';

const MAX_SEATS = 2_147_483_647;
const MAX_STATUS_LENGTH = 10;

/** Rounds as a kind of row that can be changed. */
export const licenseSubject: Subject<LicenseRow> = {
  entity: LICENSE,
  label: 'licence',
  columns: ({ id, companyId, partnerId, productId, startDate, endDate, seats, unitCost, totalCost, currency, status }) => ({
    id, companyId, partnerId, productId, startDate, endDate, seats, unitCost, totalCost, currency, status,
  }),
  lock: async (tx, id) => (await licensesByIds(tx, [id], true))[0] ?? null,
};

type Key = { id: number; etag: string };

export function createLicense(context: Context, input: CreateLicenseInput): Promise<Outcome<LicenseRow>> {
  return create(context, licenseSubject, (tx) => check(tx, { ...input, endDate: input.endDate ?? null }));
}

export function updateLicense(context: Context, key: Key, input: UpdateLicenseInput): Promise<Outcome<LicenseRow>> {
  return update(context, licenseSubject, key, async (tx, row) => asStored(row, input, await check(tx, merged(row, input))));
}

export function deleteLicense(context: Context, key: Key): Promise<Outcome<LicenseRow>> {
  return remove(context, licenseSubject, key);
}

/** A round as someone wants it to be, unchecked. */
interface Draft {
  companyId?: string | number | null;
  partnerId?: string | number | null;
  productId?: string | number | null;
  startDate?: string | null;
  endDate: string | null;
  seats?: number | null;
  unitCost?: string | null;
  currency?: string | null;
  status?: string | null;
}

/** The row with the given fields put over it; naming one kind of owner clears the other. */
function merged(row: LicenseRow, input: UpdateLicenseInput): Draft {
  const stored = minorFromFloat(row.unitCost, row.currency);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return {
    companyId: input.partnerId == null ? row.companyId : null,
    partnerId: input.companyId == null ? row.partnerId : null,
    productId: row.productId,
    startDate: row.startDate,
    endDate: row.endDate,
    seats: row.seats,
    unitCost: stored === null ? String(row.unitCost) : moneyFromMinor(stored, row.currency).amount,
    currency: row.currency,
    status: row.status,
    ...given,
  };
}

/**
 * Money that the input does not touch stays as it is stored: reading rounds it to the minor unit, and a stored total that
 * disagrees is not to vanish with a change of the typed status.
 */
function asStored(row: LicenseRow, input: UpdateLicenseInput, values: Omit<LicenseRecord, 'id'>): Omit<LicenseRecord, 'id'> {
  const untouched = input.unitCost === undefined && input.currency === undefined;
  return {
    ...values,
    unitCost: untouched || sameFloat(values.unitCost, row.unitCost) ? row.unitCost : values.unitCost,
    totalCost: (untouched && input.seats === undefined) || sameFloat(values.totalCost, row.totalCost) ? row.totalCost : values.totalCost,
  };
}

/** The same amount for a FLOAT column: 19.99 comes back as 19.989999771118164. */
function sameFloat(left: number, right: number): boolean {
  return Math.fround(left) === Math.fround(right);
}

/** The columns of a round, or a Refusal that lists every fault. */
async function check(tx: ScopedTransaction, draft: Draft): Promise<Omit<LicenseRecord, 'id'>> {
  const faults = new Faults();
  if (draft.companyId == null && draft.partnerId == null) {
    faults.add('companyId', 'REQUIRED', 'A licence needs an owner: a company or a partner.');
  }
  if (draft.companyId != null && draft.partnerId != null) {
    faults.add('partnerId', 'INVALID', 'A licence has one owner: a company or a partner, not both.');
  }
  const companyId = await checkReference(tx, faults, 'companyId', 'company', draft.companyId);
  const partnerId = await checkReference(tx, faults, 'partnerId', 'partner', draft.partnerId);
  if (draft.productId == null) faults.add('productId', 'REQUIRED', 'A product is required.');
  const productId = await checkReference(tx, faults, 'productId', 'product', draft.productId);
  checkTerm(faults, draft);
  const seats = draft.seats ?? 0;
  if (draft.seats == null) faults.add('seats', 'REQUIRED', 'A number of seats is required.');
  else if (seats < 1 || seats > MAX_SEATS) faults.add('seats', 'INVALID', `Seats must be from 1 to ${MAX_SEATS}, not ${seats}.`);
  const unitCost = checkUnitCost(faults, draft);
  const status = checkText(faults, 'status', 'Status', draft.status, MAX_STATUS_LENGTH);
  faults.refuseIfAny();
  return {
    companyId,
    partnerId,
    productId: productId ?? 0,
    startDate: draft.startDate ?? '',
    endDate: draft.endDate,
    seats,
    unitCost: unitCost.toNumber(),
    totalCost: unitCost.times(seats).toNumber(),
    currency: draft.currency ?? '',
    status,
  };
}

function checkTerm(faults: Faults, { startDate, endDate }: Draft): void {
  if (startDate == null) faults.add('startDate', 'REQUIRED', 'A start date is required.');
  else if (endDate !== null && endDate < startDate) {
    faults.add('endDate', 'INVALID', `The end date ${endDate} is before the start date ${startDate}.`);
  }
}

/** The column is a FLOAT of 24 binary digits: an amount that it cannot give back to the minor unit is refused. */
function checkUnitCost(faults: Faults, { unitCost, currency }: Draft): ReturnType<typeof decimal> {
  if (currency == null) faults.add('currency', 'REQUIRED', 'A currency is required.');
  if (unitCost == null) faults.add('unitCost', 'REQUIRED', 'A unit cost is required.');
  if (currency == null || unitCost == null) return decimal(0);
  const amount = decimal(unitCost);
  const decimals = decimalsOf(currency);
  const stored = minorFromFloat(Math.fround(amount.toNumber()), currency);
  if (amount.isNegative()) faults.add('unitCost', 'INVALID', 'The unit cost must not be negative.');
  else if (amount.decimalPlaces() > decimals) faults.add('unitCost', 'INVALID', `${currency} has ${decimals} decimals.`);
  else if (stored === null) faults.add('currency', 'INVALID', `${currency} is not a currency Seatwise knows.`);
  else if (!stored.equals(amount.times(decimal(10).pow(decimals)))) {
    faults.add('unitCost', 'INVALID', 'The unit cost is larger than the column can hold exactly.');
  }
  return amount;
}
