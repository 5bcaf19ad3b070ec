import type { UpdateLicenseInput } from '../../../graphql.generated.js';
import { decimalsOf, minorFromFloat } from '../../../reports/shapes/money.js';
import type { LicenseRow } from '../../license/entity.js';
import type { LicenseDraft } from '../../license/rules.js';
import type { Cell } from '../cells.js';
import { saysText } from './verdict.js';

/** The cells of one row, by field; null: no column fills it. */
export interface LicenseCells {
  id: Cell<number> | null;
  company: Cell<number> | null;
  partner: Cell<number> | null;
  product: Cell<number> | null;
  startDate: Cell<string> | null;
  endDate: Cell<string> | null;
  seats: Cell<number> | null;
  unitCost: Cell<string> | null;
  currency: Cell<string> | null;
  status: Cell<string> | null;
}
/** The fields in the words of the rules for rounds. */
export const inputs: Readonly<Record<Exclude<keyof LicenseCells, 'id'>, keyof LicenseDraft & keyof UpdateLicenseInput>> = {
  company: 'companyId', partner: 'partnerId', product: 'productId', startDate: 'startDate', endDate: 'endDate', seats: 'seats',
  unitCost: 'unitCost', currency: 'currency', status: 'status',
};
/** The fields but the id. */
export const fields = Object.keys(inputs) as (keyof typeof inputs)[];
/** The field of a name in those words. */
export const fieldOf = new Map<string, keyof typeof inputs>(fields.map((field) => [inputs[field], field]));

/** The fields in which a row of the file says something else than the stored round. */
export function differences(cells: LicenseCells, license: LicenseRow): (keyof typeof inputs)[] {
  return fields.filter((field) => {
    const cell = cells[field];
    return cell !== null && !says[field](cell as Cell<never>, license);
  });
}

/** Whether a cell says what is stored; also where what is stored cannot be read, refers to nothing, or may not be entered. */
const says: { [F in keyof typeof inputs]: (cell: NonNullable<LicenseCells[F]>, license: LicenseRow) => boolean } = {
  company: (cell, { companyId }) => sameReference(cell, companyId),
  partner: (cell, { partnerId }) => sameReference(cell, partnerId),
  product: (cell, { productId }) => sameReference(cell, productId),
  startDate: ({ value, said }, { startDate }) => value === startDate || said.trim() === startDate,
  endDate: ({ value, said, fault }, { endDate }) => (fault === null ? lastDayOf(value) === endDate : said.trim() === endDate),
  seats: ({ value, said }, { seats }) => value === seats || said.trim() === String(seats),
  unitCost: sameAmount,
  currency: sameText((license) => license.currency),
  status: sameText((license) => license.status),
};

function sameReference({ value, said, fault }: Cell<number>, id: number | null): boolean {
  return fault === null ? value === id : said.trim() === String(id);
}

/** No end is written as 9999-12-31 too. */
function lastDayOf(day: string | null): string | null {
  return day !== null && day >= '9999-12-31' ? null : day;
}

function sameText(stored: (license: LicenseRow) => string): (cell: Cell<string>, license: LicenseRow) => boolean {
  return (cell, license) => saysText(cell, stored(license));
}

/** The amount as the API gives it: rounded to the minor unit of the round's currency. */
function sameAmount({ value, said }: Cell<string>, { unitCost, currency }: LicenseRow): boolean {
  if (said.trim() === String(unitCost)) return true;
  if (value === null) return false;
  const amount = Number(value);
  if (Math.fround(amount) === Math.fround(unitCost)) return true;
  const stored = minorFromFloat(unitCost, currency);
  return stored !== null && decimalsIn(value) <= decimalsOf(currency) && minorFromFloat(amount, currency)?.equals(stored) === true;
}

function decimalsIn(amount: string): number {
  return amount.length - 1 - (amount.includes('.') ? amount.indexOf('.') : amount.length - 1);
}
