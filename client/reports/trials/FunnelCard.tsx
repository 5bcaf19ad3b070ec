import { lazy, useMemo } from 'react';

import type { TrialsQuery } from '../../api/generated/graphql';
import { ChartCard } from '../../ui/chart/ChartCard';
import { format } from '../../ui/format';
import type { Column } from '../../ui/columns';
import { Nothing } from '../frame/Nothing';
import type { Trials } from './useTrials';
import { stepWord } from './words';

const FunnelBars = lazy(() => import('../../charts/reports/FunnelBars'));

type Step = TrialsQuery['trialFunnel']['steps'][number];

const none: Step[] = [];
const parts = (share: Step['shareOfStarted']) => `${format.integer(share.numerator)} of ${format.integer(share.denominator)}`;

function stepColumns(mode: Trials['mode']): Column<Step>[] {
  return [
    { key: 'step', header: 'Step', value: ({ name }) => stepWord[mode][name] },
    { key: 'count', header: mode === 'PERIOD' ? 'Events' : 'Trials', numeric: true, value: ({ count }) => count, cell: ({ count }) => format.integer(count) },
    {
      key: 'ofStarted', header: 'Of started', numeric: true, value: ({ shareOfStarted }) => shareOfStarted.value ?? null,
      cell: ({ shareOfStarted }) => <span title={parts(shareOfStarted)}>{format.percent(shareOfStarted.value)}</span>,
    },
    {
      key: 'ofPrevious', header: 'Of the step before', numeric: true, value: ({ shareOfPrevious }) => shareOfPrevious.value ?? null,
      cell: ({ shareOfPrevious }) => <span title={parts(shareOfPrevious)}>{format.percent(shareOfPrevious.value)}</span>,
    },
  ];
}

/** The four steps as bars on one scale: they are not nested, so they are not drawn as a narrowing shape. */
export function FunnelCard({ trials }: { trials: Trials }) {
  const { data, result, reload, mode, scope } = trials;
  const [first] = data?.steps ?? none;
  const empty = data !== undefined && (data.steps.length === 0 || data.steps.every(({ count }) => count === 0));
  const steps = empty ? none : (data?.steps ?? none);
  const bars = useMemo(
    () => steps.map(({ name, ...step }) => ({ ...step, key: name, name: stepWord[mode][name], aside: name === 'EXPIRED' })),
    [steps, mode],
  );
  const spoken = bars.map(({ name, count }) => `${name} ${format.integer(count)}`).join(', ');
  return (
    <ChartCard
      id="funnel"
      title={mode === 'COHORT' ? 'How far do trials get?' : 'What happened to trials in these days?'}
      subject="The trial funnel"
      field="TrialFunnel.steps"
      hint={mode === 'COHORT' ? `Trials that started ${trials.rangeWords}, and what became of them.` : `Events ${trials.rangeWords}, whenever their trials started; shares are of the trials started then.`}
      columns={stepColumns(mode)}
      rows={steps}
      rowKey={({ name }) => name}
      csvName={`trial funnel ${scope.asOf}`}
      height={256}
      loading={!data && result.fetching}
      stale={result.stale}
      error={data ? undefined : result.error}
      retry={() => reload({ requestPolicy: 'network-only' })}
      empty={<Nothing title="No trials started in this period" />}
      footer={first && 'The steps are not nested: a trial may convert without reaching its expiration.'}
    >
      <FunnelBars steps={bars} label={`Trial funnel: ${spoken}.`} />
    </ChartCard>
  );
}
