import { lazy, useId, useMemo } from 'react';

import type { ActivityClass } from '../../api/generated/graphql';
import { ChartCard } from '../../ui/chart/ChartCard';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { format } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { Nothing } from '../frame/Nothing';
import { ShareBar } from '../frame/ShareBar';
import { ErrorCard, Skeleton } from '../../ui/states';
import { classColumns, monthColumns, reasonColumns } from './columns';
import type { Report, useReclamation } from './useReclamation';
import { classWord, reasonWord } from './words';

const SavingBars = lazy(() => import('../../charts/reports/SavingBars'));

type Reclamation = ReturnType<typeof useReclamation>;
type ClassFigure = Report['classes'][number];
type Month = Report['byExpiration'][number];

const tones: Record<ActivityClass, { tone: string; hatched?: boolean; hollow?: boolean }> = {
  ACTIVE: { tone: 'well' },
  DORMANT: { tone: 'under' },
  INACTIVE: { tone: 'over' },
  NEVER_USED: { tone: 'unlicensed' },
  TOO_NEW: { tone: 'scheduled', hollow: true },
  NO_TELEMETRY: { tone: 'expired', hatched: true },
};

const noClasses: ClassFigure[] = [];
const noMonths: Month[] = [];
const classKey = (figure: ClassFigure) => figure.class;
const monthKey = (figure: Month) => figure.month ?? 'no end';

/** What the cards have in common. */
function stateOf({ result, reload, report }: Reclamation) {
  return {
    loading: !report && result.fetching, stale: result.stale, error: report ? undefined : result.error,
    retry: () => reload({ requestPolicy: 'network-only' }),
  };
}

/** All premium licences in force by how recently they were used. */
export function ClassCard({ reclamation }: { reclamation: Reclamation }) {
  const { report, scope } = reclamation;
  const classes = report && report.premiumInForce > 0 ? report.classes : noClasses;
  const parts = classes.map((figure) => ({ key: figure.class, label: classWord[figure.class], value: figure.licenses, ...tones[figure.class] }));
  return (
    <ChartCard
      id="classes" title="How recently were premium licences used?" subject="The activity classes" field="Reclamation.classes"
      hint={report && `${format.integer(report.premiumInForce)} premium licences in force`} columns={classColumns} rows={classes} rowKey={classKey}
      csvName={`activity classes ${scope.asOf}`} height={96} {...stateOf(reclamation)} empty={<Nothing title="No premium licence is in force" />}
    >
      <ShareBar label="Premium licences in force by last use" parts={parts} />
    </ChartCard>
  );
}

/** Why seats can be given up. */
export function ReasonCard({ reclamation }: { reclamation: Reclamation }) {
  const { report, result, reload, currencies } = reclamation;
  const labelId = useId();
  const columns = useMemo(() => reasonColumns(currencies), [currencies]);
  return (
    <Card title="Why can seats be given up?" labelId={labelId}>
      {report ? (
        <DataTable columns={columns} rows={report.reasons} rowKey={(figure) => figure.reason} caption="Reasons" />
      ) : result.error ? (
        <ErrorCard what="The reasons" error={result.error} retry={() => reload({ requestPolicy: 'network-only' })} />
      ) : (
        <Skeleton height={180} />
      )}
    </Card>
  );
}

/** What giving seats up saves, by the month in which the licences expire. */
export function MonthCard({ reclamation }: { reclamation: Reclamation }) {
  const { report, scope, shown, currencies, setCurrency } = reclamation;
  const months = report?.byExpiration ?? noMonths;
  const columns = useMemo(() => monthColumns(currencies), [currencies]);
  const words = report ? `${format.integer(report.reclaimableSeats)} seats of ${format.integer(report.candidates)} licences, by month of expiration` : '';
  return (
    <ChartCard
      id="months" title="When can they be given up?" subject="The saving by month" field="Reclamation.byExpiration"
      hint={report && (shown === null ? 'Seats, by the month in which the licences expire.' : `Saving a year in ${shown}, by the month in which the licences expire.`)}
      columns={columns} rows={months} rowKey={monthKey} csvName={`saving by month ${scope.asOf}`} height={260} {...stateOf(reclamation)}
      empty={<Nothing title="Nothing can be reclaimed" hint="Every premium licence in force is used." />}
    >
      {currencies.length > 1 && shown !== null && (
        <Segmented
          label="Currency" options={currencies.map((value) => ({ value, label: value }))} value={shown}
          onChange={(currency) => void setCurrency(currency)}
        />
      )}
      <SavingBars months={months} currency={shown} label={`What can be given up: ${words}.`} />
    </ChartCard>
  );
}

/** The reasons with their counts, as chips say them. */
export function reasonOptions(report: Report | undefined) {
  return (report?.reasons ?? []).map(({ reason, licenses }) => ({ value: reason, label: `${reasonWord[reason]} ${format.integer(licenses)}` }));
}
