import type { ConversionTiming, FunnelOutcome, FunnelStep, StrictFunnel, TrialCohort } from '../../graphql.generated.js';
import { addDays } from '../shapes/days.js';
import { ratio } from '../shapes/ratio.js';
import type { Cell } from './cells.js';
import type { FunnelQuestion } from './question.js';

/** Units of the cells that pass. */
export function count(cells: readonly Cell[], passes: (cell: Cell) => boolean): number {
  return cells.reduce((sum, cell) => (passes(cell) ? sum + cell.trials : sum), 0);
}

const inRange = ({ month }: Cell): boolean => month !== null;

/** The steps in their order. */
export function steps(cells: readonly Cell[]): FunnelStep[] {
  const counts = [
    ['STARTED', count(cells, inRange)],
    ['ACTIVATED', count(cells, ({ activation }) => activation)],
    ['EXPIRED', count(cells, ({ expiration }) => expiration)],
    ['CONVERTED', count(cells, ({ conversion }) => conversion)],
  ] as const;
  const [[, started]] = counts;
  return counts.map(([name, reached], index) => ({
    name, count: reached, shareOfStarted: ratio(reached, started), shareOfPrevious: ratio(reached, counts[index - 1]?.[1] ?? started),
  }));
}

/** The chain of those that started in the range. */
export function strict(cells: readonly Cell[]): StrictFunnel {
  return {
    started: count(cells, inRange),
    activated: count(cells, ({ activated }) => activated),
    activatedAndConverted: count(cells, ({ activated, converted }) => activated && converted),
  };
}

/** What became of those that started in the range. */
export function outcome(cells: readonly Cell[]): FunnelOutcome {
  return {
    converted: count(cells, ({ converted }) => converted),
    open: count(cells, ({ converted, open }) => !converted && open),
    lapsed: count(cells, ({ converted, open }) => !converted && !open),
  };
}

/** The conversions by time. */
export function conversions(cells: readonly Cell[]): ConversionTiming {
  const at = (time: Cell['timing']) => count(cells, ({ conversion, timing }) => conversion && timing === time);
  return { beforeExpiry: at('BEFORE'), inGrace: at('GRACE'), afterGrace: at('AFTER'), unknownDate: at('UNKNOWN') };
}

/** Conversions with an estimated date. */
export function estimatedDates(cells: readonly Cell[]): number {
  return count(cells, ({ conversion, estimated }) => conversion && estimated);
}

/** Deactivations. */
export function reverted(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.reverted, 0);
}

/** The median of the days to the first conversion: of an even number of them, the mean of the two in the middle. */
export function medianDays(cells: readonly Cell[]): number | null {
  const byDays = new Map<number, number>();
  for (const { conversion, days, trials } of cells) {
    if (conversion && days !== null) byDays.set(days, (byDays.get(days) ?? 0) + trials);
  }
  const sorted = [...byDays].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, trials]) => sum + trials, 0);
  if (total === 0) return null;
  return (nth(sorted, Math.floor((total - 1) / 2)) + nth(sorted, Math.floor(total / 2))) / 2;
}

function nth(sorted: readonly (readonly [days: number, trials: number])[], index: number): number {
  let passed = 0;
  for (const [days, trials] of sorted) if ((passed += trials) > index) return days;
  throw new RangeError(`There is no value at ${index}`);
}

/** One line a month, by the start. */
export function cohorts(cells: readonly Cell[], { months, windowDays, asOf }: FunnelQuestion): TrialCohort[] {
  return months.map(({ month, to }, index) => {
    const own = cells.filter((cell) => cell.month === index);
    const started = count(own, () => true);
    const convertedInWindow = count(own, ({ days }) => days !== null && days <= windowDays);
    return {
      month, started, convertedInWindow,
      activated: count(own, ({ activated }) => activated),
      converted: count(own, ({ converted }) => converted),
      conversion: ratio(convertedInWindow, started),
      immature: addDays(to, windowDays) > asOf,
    };
  });
}
