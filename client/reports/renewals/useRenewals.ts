import { parseAsBoolean, parseAsString, useQueryState } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'react-router';
import { useQuery } from 'urql';

import type { RenewalBucketName, RenewalsQuery as Data, RenewalState } from '../../api/generated/graphql';
import type { Measure, Measured } from '../../charts/reports/expiry';
import { parseAsDay } from '../../ui/filters/urlState';
import { type ReportScope, useReportScope } from '../frame/scope';
import { useChoice, useChoices } from '../frame/useChoice';
import { RenewalsQuery } from './queries';

/** The forecast as the page asks for it. */
export type Forecast = Data['renewalForecast'];

export const horizons = ['90', '180'] as const;
const measures = ['licenses', 'quantity', 'arr'] as const satisfies readonly Measure[];
const buckets = ['IN_GRACE', 'D0_30', 'D31_60', 'D61_90', 'D91_180'] as const satisfies readonly RenewalBucketName[];
export const states = ['NOT_RENEWED', 'PARTIALLY_RENEWED', 'RENEWED'] as const satisfies readonly RenewalState[];

/** The currencies of the forecast, each once. */
function currenciesOf(forecast: Forecast | undefined): string[] {
  const all = forecast?.buckets.flatMap((bucket) => bucket.all.arr?.amounts.map(({ currency }) => currency) ?? []);
  return [...new Set(all)].sort();
}

/** The report's own choices, kept in the URL. */
function useChoicesOfRenewals() {
  const [horizon, setHorizon] = useChoice('horizon', horizons, '180');
  const [measure, setMeasure] = useChoice<Measure>('measure', measures, 'licenses');
  const [money, setMoney] = useQueryState('arr', parseAsString.withOptions({ history: 'push' }));
  const [includeTrials, setTrials] = useQueryState('trials', parseAsBoolean.withDefault(true).withOptions({ history: 'push' }));
  const [chosenBuckets, setBuckets] = useChoices<RenewalBucketName>('bucket', buckets);
  const [chosenStates, setStates] = useChoices<RenewalState>('state', states);
  const [date, setDate] = useQueryState('day', { ...parseAsDay, history: 'push' });
  const showAll = () => {
    setBuckets([]);
    setStates([]);
    void setDate(null);
  };
  return {
    horizon, setHorizon, measure, setMeasure, money, setMoney, includeTrials, setTrials, chosenBuckets, setBuckets, chosenStates, setStates,
    date, setDate, showAll,
  };
}

/** What the charts measure: ARR only for those who may see it, in a currency that occurs. */
function measuredOf(choices: { measure: Measure; money: string | null }, currencies: readonly string[], scope: ReportScope): Measured {
  const wanted = [choices.money, scope.currency].find((currency) => currency !== null && currencies.includes(currency)) ?? currencies[0];
  if (choices.measure === 'arr' && scope.money && wanted !== undefined) return { measure: 'arr', currency: wanted };
  return { measure: choices.measure === 'arr' ? 'licenses' : choices.measure, currency: wanted ?? scope.currency };
}

/** The forecast, what the charts measure, and what the rows ask with. */
export function useRenewals() {
  const scope = useReportScope();
  const choices = useChoicesOfRenewals();
  const { filter, asOf, money, currency } = scope;
  const common = useMemo(
    () => ({ filter, asOf, horizonDays: Number(choices.horizon), includeTrials: choices.includeTrials, money }),
    [filter, asOf, choices.horizon, choices.includeTrials, money],
  );
  const [result, reload] = useQuery({ query: RenewalsQuery, variables: { ...common, currency } });
  const forecast = result.data?.renewalForecast;
  const currencies = useMemo(() => currenciesOf(forecast), [forecast]);
  const { measure, currency: measured } = measuredOf(choices, currencies, scope);
  return {
    scope, choices, common, result, reload, forecast, currencies,
    measured: useMemo((): Measured => ({ measure, currency: measured }), [measure, measured]),
  };
}

/** A link to this page with some of its choices replaced: how a mark filters the rows. */
export function useChoiceHref(): (changes: Record<string, string | null>) => string {
  const { pathname, search } = useLocation();
  return useCallback(
    (changes) => {
      const parameters = new URLSearchParams(search);
      for (const [key, value] of Object.entries(changes)) {
        if (value === null) parameters.delete(key);
        else parameters.set(key, value);
      }
      const query = parameters.toString();
      return query === '' ? pathname : `${pathname}?${query}`;
    },
    [pathname, search],
  );
}
