import { useMemo } from 'react';
import { useQuery } from 'urql';

import type { ConversionWindow, FunnelMode, TrialsQuery as TrialsAnswer } from '../../api/generated/graphql';
import { daysOf } from '../../ui/filters/presets';
import { format } from '../../ui/format';
import { useReportScope } from '../frame/scope';
import { useChoice } from '../frame/useChoice';
import { TrialsQuery } from './queries';

/** The filters that mean something for trials: the days, and the product. */
export const trialKeys = ['dates', 'slug'] as const;

const modes = ['COHORT', 'PERIOD'] as const satisfies readonly FunnelMode[];
const windows = ['D7', 'D14', 'D30', 'D90'] as const satisfies readonly ConversionWindow[];

export const modeOptions: readonly { value: FunnelMode; label: string }[] = [
  { value: 'COHORT', label: 'Trials that started' },
  { value: 'PERIOD', label: 'Events' },
];

/** A conversion window as people say it. */
export const windowWord: Record<ConversionWindow, string> = { D7: '7 days', D14: '14 days', D30: '30 days', D90: '90 days' };
export const windowOptions = windows.map((value) => ({ value, label: windowWord[value] }));

/** One month's trials. */
export type Cohort = TrialsAnswer['trialFunnel']['cohorts'][number];

/** The funnel and the report's own choices, kept in the URL under `mode` and `within`. */
export function useTrials() {
  const scope = useReportScope();
  const { filters, asOf } = scope;
  const [mode, setMode] = useChoice<FunnelMode>('mode', modes, 'COHORT');
  const [window, setWindow] = useChoice<ConversionWindow>('within', windows, 'D30');
  const variables = useMemo(() => ({
    filter: filters.slug.length > 0 ? { products: filters.slug } : undefined,
    range: filters.dates ? daysOf(filters.dates, asOf) : undefined,
    asOf, mode, window,
  }), [filters, asOf, mode, window]);
  const [result, reload] = useQuery({ query: TrialsQuery, variables });
  const days = filters.dates && daysOf(filters.dates, asOf);
  const rangeWords = days ? `in ${format.range(days.from, days.to)}` : `in the 12 months to ${format.date(asOf)}`;
  return { scope, rangeWords, mode, setMode, window, setWindow, result, reload, data: result.data?.trialFunnel };
}

/** Everything the page's cards read. */
export type Trials = ReturnType<typeof useTrials>;
