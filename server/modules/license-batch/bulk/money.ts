import type { Context } from '../../../context.js';
import type { BulkMoney } from '../../../graphql.generated.js';
import { inForceStatuses, lifecycleStatus, type Term } from '../../../reports/shapes/lifecycle.js';
import { decimal, minorFromFloat, moneyFromMinor } from '../../../reports/shapes/money.js';
import type { PlannedRow } from './plan.js';

type Priced = Term & { unitCost: number };

/** Annual value in force today, before and after, of every currency that has any; the largest amount first. */
export function moneyEffect({ today, config }: Context, planned: readonly PlannedRow[]): BulkMoney[] {
  const inForce = (round: Priced) => inForceStatuses.includes(lifecycleStatus(round, today, config.GRACE_DAYS_PREMIUM));
  const before = sums(planned.flatMap(({ row }) => row ?? []).filter(inForce));
  const after = sums(planned.flatMap(roundsAfter).filter(inForce));
  const effect = [...new Set([...before.keys(), ...after.keys()])].map((currency) => ({
    currency, before: moneyFromMinor(before.get(currency) ?? 0, currency), after: moneyFromMinor(after.get(currency) ?? 0, currency),
  }));
  const largest = ({ before: was, after: is }: BulkMoney) => (decimal(was.amount).gt(is.amount) ? decimal(was.amount) : decimal(is.amount));
  return effect.sort((a, b) => largest(b).comparedTo(largest(a)) || a.currency.localeCompare(b.currency));
}

/** A chosen round as it would be, and the one that would be created beside it. */
function roundsAfter({ row, write }: PlannedRow): Priced[] {
  const kept = row === null || write?.before != null ? [] : [row];
  return write?.values == null ? kept : [...kept, write.values];
}

function sums(rounds: readonly (Priced & { currency: string; seats: number })[]): Map<string, ReturnType<typeof decimal>> {
  const byCurrency = new Map<string, ReturnType<typeof decimal>>();
  for (const { currency, seats, unitCost } of rounds) {
    const minor = minorFromFloat(unitCost, currency);
    if (minor !== null) byCurrency.set(currency, (byCurrency.get(currency) ?? decimal(0)).plus(minor.times(seats)));
  }
  return byCurrency;
}
