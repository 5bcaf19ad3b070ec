import { parseAsStringLiteral, useQueryStates } from 'nuqs';

import type { ActivityInterval } from '../../api/generated/graphql';
import { daysOf } from '../../ui/filters/presets';
import { useAsOf } from '../../ui/filters/state';

const intervals = ['DAY', 'WEEK', 'MONTH'] as const satisfies readonly ActivityInterval[];
const ranges = ['last30', 'last90', 'last12m'] as const;

const parsers = {
  interval: parseAsStringLiteral(intervals).withDefault('WEEK'),
  range: parseAsStringLiteral(ranges).withDefault('last90'),
};

/** The days and intervals of the activity chart, kept in the URL. */
export function useActivityRange() {
  const [{ interval, range }, set] = useQueryStates(parsers, { history: 'push' });
  const asOf = useAsOf();
  const { from, to } = daysOf({ preset: range }, asOf);
  return { interval, range, days: { from, to }, set };
}

export type ActivityRange = ReturnType<typeof useActivityRange>;
