import type { UpdateLicenseInput } from '../../graphql.generated.js';
import { decimal, decimalsOf, minorFromFloat, moneyFromMinor } from '../../reports/shapes/money.js';
import { checkText, idOf } from '../change/checks.js';
import type { Faults } from '../change/refusal.js';
import type { LicenseRecord, LicenseRow } from './entity.js';

const MAX_SEATS = 2_147_483_647;
/** Characters that the column of the typed status holds. */
export const MAX_STATUS_LENGTH = 10;

/** A round as someone wants it to be, unchecked. Dates are days as texts, the unit cost is a decimal as text. */
export interface LicenseDraft {
  companyId?: string | number | null | undefined;
  partnerId?: string | number | null | undefined;
  productId?: string | number | null | undefined;
  startDate?: string | null | undefined;
  endDate?: string | null | undefined;
  seats?: number | null | undefined;
  unitCost?: string | null | undefined;
  currency?: string | null | undefined;
  status?: string | null | undefined;
}

/** The rows that rounds refer to. */
export const licenseReferences = ['company', 'partner', 'product'] as const;

/** Which ids of each kind exist within the viewer's scope; asked only for ids that drafts name. */
export type References = Record<(typeof licenseReferences)[number], { has(id: number): boolean }>;

/** The columns of a checked round. */
export type LicenseValues = Omit<LicenseRecord, 'id'>;

/** The columns of a new round, or null when `faults` were added: every rule for rounds, without any database. */
export function checkDraft(draft: LicenseDraft, references: References, faults: Faults): LicenseValues | null {
  const known = faults.errors.length;
  checkOwner(faults, draft);
  const companyId = checkKnown(faults, 'company', draft.companyId, references);
  const partnerId = checkKnown(faults, 'partner', draft.partnerId, references);
  if (draft.productId == null) faults.add('productId', 'REQUIRED', 'A product is required.');
  const productId = checkKnown(faults, 'product', draft.productId, references);
  checkTerm(faults, draft);
  const seats = checkSeats(faults, draft);
  const unitCost = checkUnitCost(faults, draft);
  const status = checkText(faults, 'status', 'Status', draft.status, MAX_STATUS_LENGTH);
  if (faults.errors.length > known) return null;
  return {
    companyId,
    partnerId,
    productId: productId ?? 0,
    startDate: draft.startDate ?? '',
    endDate: draft.endDate ?? null,
    seats,
    unitCost: unitCost.toNumber(),
    totalCost: unitCost.times(seats).toNumber(),
    currency: draft.currency ?? '',
    status,
  };
}

/** The columns of a round after an update of the given fields, or null when `faults` were added. Columns not touched stay as stored. */
export function checkUpdate(row: LicenseRow, input: UpdateLicenseInput, references: References, faults: Faults): LicenseValues | null {
  const values = checkDraft(updatedDraft(row, input), references, faults);
  return values === null ? null : asStored(row, input, values);
}

/** The round with the given fields put over it, unchecked; naming one kind of owner clears the other. */
export function updatedDraft(row: LicenseRow, input: UpdateLicenseInput): LicenseDraft {
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
function asStored(row: LicenseRow, input: UpdateLicenseInput, values: LicenseValues): LicenseValues {
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

function checkOwner(faults: Faults, { companyId, partnerId }: LicenseDraft): void {
  if (companyId == null && partnerId == null) faults.add('companyId', 'REQUIRED', 'A licence needs an owner: a company or a partner.');
  if (companyId != null && partnerId != null) faults.add('partnerId', 'INVALID', 'A licence has one owner: a company or a partner, not both.');
}

function checkKnown(faults: Faults, table: keyof References, id: string | number | null | undefined, references: References): number | null {
  if (id == null) return null;
  const value = idOf(id);
  if (value !== null && references[table].has(value)) return value;
  faults.add(`${table}Id`, 'NOT_FOUND', `There is no ${table} with the id ${String(id).slice(0, 20)}.`);
  return null;
}

function checkTerm(faults: Faults, { startDate, endDate }: LicenseDraft): void {
  if (startDate == null) faults.add('startDate', 'REQUIRED', 'A start date is required.');
  else if (endDate != null && endDate < startDate) {
    faults.add('endDate', 'INVALID', `The end date ${endDate} is before the start date ${startDate}.`);
  }
}

function checkSeats(faults: Faults, { seats }: LicenseDraft): number {
  if (seats == null) faults.add('seats', 'REQUIRED', 'A number of seats is required.');
  else if (seats < 1 || seats > MAX_SEATS) faults.add('seats', 'INVALID', `Seats must be from 1 to ${MAX_SEATS}, not ${seats}.`);
  return seats ?? 0;
}

/** Amounts that were accepted, by currency and digits: the rows of a large file repeat their prices, and exact arithmetic is slow. */
const accepted = new Map<string, ReturnType<typeof decimal>>();
const MOST_ACCEPTED = 10_000;

/** The column is a FLOAT of 24 binary digits: an amount that it cannot give back to the minor unit is refused. */
function checkUnitCost(faults: Faults, { unitCost, currency }: LicenseDraft): ReturnType<typeof decimal> {
  if (currency == null) faults.add('currency', 'REQUIRED', 'A currency is required.');
  if (unitCost == null) faults.add('unitCost', 'REQUIRED', 'A unit cost is required.');
  if (currency == null || unitCost == null) return decimal(0);
  const key = `${currency} ${unitCost}`;
  const known = accepted.get(key);
  if (known !== undefined) return known;
  const faultsBefore = faults.errors.length;
  const amount = decimal(unitCost);
  const decimals = decimalsOf(currency);
  const stored = minorFromFloat(Math.fround(amount.toNumber()), currency);
  if (amount.isNegative()) faults.add('unitCost', 'INVALID', 'The unit cost must not be negative.');
  else if (amount.decimalPlaces() > decimals) faults.add('unitCost', 'INVALID', `${currency} has ${decimals} decimals.`);
  else if (stored === null) faults.add('currency', 'INVALID', `${currency} is not a currency Seatwise knows.`);
  else if (!stored.equals(amount.times(decimal(10).pow(decimals)))) {
    faults.add('unitCost', 'INVALID', 'The unit cost is larger than the column can hold exactly.');
  }
  if (faults.errors.length === faultsBefore) {
    if (accepted.size >= MOST_ACCEPTED) accepted.clear();
    accepted.set(key, amount);
  }
  return amount;
}
