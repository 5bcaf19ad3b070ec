import { parseAsString, useQueryState } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { useQuery } from 'urql';

import type { TrendStep } from '../../charts/reports/trendWords';
import type { TrendMode } from '../../api/generated/graphql';
import { linkTo } from '../../ui/filters/links';
import { useReportScope } from '../frame/scope';
import { useChoice } from '../frame/useChoice';
import { absentMovements, currenciesOf, flowOf, stepsOf, type TrendUnit, units } from './flows';
import { TrendQuery } from './queries';
import { lastMonths } from './range';

const spans = ['12', '24', '36'] as const;
const modes = ['RENEWAL_AWARE', 'GROSS'] as const satisfies readonly TrendMode[];
const countUnits = ['LICENSES', 'SEATS'] as const;

export const spanOptions = spans.map((value) => ({ value, label: `${value} months` }));
export const modeOptions: readonly { value: TrendMode; label: string }[] = [
  { value: 'RENEWAL_AWARE', label: 'With renewals' },
  { value: 'GROSS', label: 'Plain counts' },
];

const unitWord: Record<TrendUnit, string> = { LICENSES: 'Licences', SEATS: 'Seats', ARR: 'ARR' };

/** The trend in the chosen unit, with the report's own choices in the URL under `unit`, `in`, `mode` and `months`. */
export function useTrend() {
  const scope = useReportScope();
  const { filter, asOf, money } = scope;
  const allowed: readonly TrendUnit[] = money ? units : countUnits;
  const [unit, setUnit] = useChoice<TrendUnit>('unit', allowed, 'LICENSES');
  const [tab, setTab] = useQueryState('in', parseAsString.withOptions({ history: 'push' }));
  const [mode, setMode] = useChoice<TrendMode>('mode', modes, 'RENEWAL_AWARE');
  const [months, setMonths] = useChoice('months', spans, '24');
  const range = useMemo(() => lastMonths(asOf, Number(months)), [asOf, months]);
  const [result, reload] = useQuery({
    query: TrendQuery,
    variables: { filter, asOf, range, mode, licenses: unit === 'LICENSES', seats: unit === 'SEATS', arr: unit === 'ARR' },
  });
  const data = result.data?.consumptionTrend;
  const currencies = useMemo(() => currenciesOf(data), [data]);
  const currency = tab !== null && currencies.includes(tab) ? tab : currencies.includes(scope.currency) ? scope.currency : currencies[0];
  const steps = useMemo(() => stepsOf(data, unit, currency), [data, unit, currency]);
  const absent = useMemo(() => absentMovements(mode, unit), [mode, unit]);
  const totals = data && flowOf(data.totals, unit, currency);
  return {
    scope, result, reload, data, steps, totals, absent, unit, setUnit, mode, setMode, months, setMonths, currency, currencies, setCurrency: setTab,
    unitOptions: allowed.map((value) => ({ value, label: unitWord[value] })),
  };
}

/** Everything the page's cards read. */
export type Trend = ReturnType<typeof useTrend>;

/** Where the bar of what expired leads: to the licences that end within the interval. */
export function useStepHref(): (step: TrendStep) => string {
  const { filters, day } = useReportScope();
  return useCallback(({ from, to }) => {
    const { partner, company, source, slug, currency } = filters;
    return linkTo('/unified', { partner, company, source, slug, currency }, { dates: { from, to } }, day);
  }, [filters, day]);
}
