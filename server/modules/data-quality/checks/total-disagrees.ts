import { minorFromFloat, moneyFromMinor } from '../../../reports/shapes/money.js';
import type { LicenseRow } from '../../license/entity.js';
import { totalCostDisagrees, totalDisagrees } from '../../license/lifecycle.js';
import type { RoundCheck } from '../check.js';
import { amountInWords } from '../words.js';

/**
 * seats × unit cost, where both can be relied on: with no seats, no price or a price finer than its currency's smallest
 * coin, the total may be what is right.
 */
function certainTotal({ seats, unitCost, currency }: LicenseRow): number | null {
  const minor = minorFromFloat(unitCost, currency);
  if (minor === null || seats <= 0 || unitCost <= 0) return null;
  const exact = Number(moneyFromMinor(minor, currency).amount);
  return Math.fround(exact) === Math.fround(unitCost) ? Number(moneyFromMinor(minor.times(seats), currency).amount) : null;
}

export const totalDisagreesCheck: RoundCheck = {
  severity: 'WARNING',
  condition: () => totalCostDisagrees,
  message: (row) =>
    `The stored total is ${amountInWords(row, row.totalCost)}; ${row.seats} × ${amountInWords(row, row.unitCost)} is ${amountInWords(row, row.seats * row.unitCost)}.`,
  fix: (row) => {
    const totalCost = totalDisagrees(row) ? certainTotal(row) : null;
    return totalCost === null ? null : { totalCost };
  },
};
