import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { useQuery } from 'urql';

import type { ReclamationQuery as Data, ReclamationReason } from '../../api/generated/graphql';
import { useReportScope } from '../frame/scope';
import { useChoice, useChoices } from '../frame/useChoice';
import { ReclamationQuery } from './queries';

/** The report as the page asks for it. */
export type Report = Data['reclamation'];

export const thresholds = ['30', '60', '90', '180'] as const;
export const reasons = ['NEVER_USED', 'STALE', 'UNDERUSED', 'OWNER_INACTIVE'] as const satisfies readonly ReclamationReason[];

/** The report, its choices (URL keys `threshold`, `reason`, `saving`), and what the rows ask with. */
export function useReclamation() {
  const scope = useReportScope();
  const { filter, asOf, money, currency } = scope;
  const [threshold, setThreshold] = useChoice('threshold', thresholds, '90');
  const [chosen, setChosen] = useChoices<ReclamationReason>('reason', reasons);
  const [wanted, setCurrency] = useQueryState('saving', parseAsString.withOptions({ history: 'push' }));
  const common = useMemo(() => ({ filter, asOf, thresholdDays: Number(threshold), money }), [filter, asOf, threshold, money]);
  const [result, reload] = useQuery({ query: ReclamationQuery, variables: { ...common, currency } });
  const report = result.data?.reclamation;
  const currencies = useMemo(() => report?.saving?.amounts.map((amount) => amount.currency) ?? [], [report]);
  // One currency at a time: the one asked for, else the reporting one, else the first that occurs.
  const shown = [wanted, currency].find((one) => one !== null && currencies.includes(one)) ?? currencies[0] ?? null;
  return { scope, threshold, setThreshold, chosen, setChosen, shown, setCurrency, currencies, common, result, reload, report };
}
