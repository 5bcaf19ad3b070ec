import { FigureCard } from '../ui/FigureCard';
import { format } from '../ui/format';
import { Segmented } from '../ui/Segmented';
import { ErrorCard } from '../ui/states';
import { Figures, Lines } from './frame/Figures';
import { Cell, ReportGrid } from './frame/Grid';
import { Nothing } from './frame/Nothing';
import { Option, ReportPage } from './frame/ReportPage';
import { CohortsCard } from './trials/CohortsCard';
import { FunnelCard } from './trials/FunnelCard';
import { OutcomeCard } from './trials/OutcomeCard';
import { modeOptions, trialKeys, type Trials, useTrials, windowOptions, windowWord } from './trials/useTrials';

const notes = [
  ['Steps', 'TrialFunnel.steps'], ['Outcome', 'TrialFunnel.outcome'], ['Reverted', 'TrialFunnel.reverted'],
  ['Median days to convert', 'TrialFunnel.medianDaysToConvert'], ['Cohorts', 'TrialFunnel.cohorts'],
] as const;

function TrialFigures({ trials }: { trials: Trials }) {
  const { data, mode, result } = trials;
  const step = (name: string) => data?.steps.find((one) => one.name === name);
  const [started, activated, converted] = [step('STARTED'), step('ACTIVATED'), step('CONVERTED')];
  const loading = !data;
  return (
    <Figures stale={result.stale}>
      <FigureCard
        label="Converted" field="TrialFunnel.conversions" loading={loading} value={mode === 'COHORT' ? format.percent(converted?.shareOfStarted.value) : format.compact(converted?.count)}
        context={mode === 'COHORT'
          ? `${format.integer(converted?.count)} of ${format.integer(started?.count)} started`
          : 'conversions in the range'}
      />
      <FigureCard
        label="Started" field="TrialFunnel.steps" loading={loading} value={format.compact(started?.count)} exact={format.integer(started?.count)}
        context={`${format.integer(activated?.count)} with activity, ${format.percent(activated?.shareOfStarted.value)}`}
      />
      <FigureCard
        label="Median days to convert" field="TrialFunnel.medianDaysToConvert" loading={loading}
        value={data?.medianDaysToConvert == null ? '–' : format.decimal(String(data.medianDaysToConvert), 1)}
        context={<Lines>{['from start to first conversion', (data?.estimatedDates ?? 0) > 0 && `${format.integer(data?.estimatedDates)} dates are estimated`]}</Lines>}
      />
      {data?.outcome
        ? <FigureCard label="Open" field="FunnelOutcome.open" value={format.compact(data.outcome.open)} context={`${format.integer(data.outcome.lapsed)} lapsed`} />
        : <FigureCard label="Reverted" field="TrialFunnel.reverted" loading={loading} value={format.compact(data?.reverted)} context="deactivated after converting" />}
    </Figures>
  );
}

/** Trial conversion funnel: what becomes of free trials. */
export default function TrialsPage() {
  const trials = useTrials();
  const { result, reload, data, mode, setMode, window, setWindow } = trials;
  const none = data !== undefined && data.steps.every(({ count }) => count === 0) && data.cohorts.every(({ started }) => started === 0);
  const refresh = () => reload({ requestPolicy: 'network-only' });
  return (
    <ReportPage
      title="Trial funnel"
      lead="What becomes of free trials. One trial is one site with one product, however often it was tried."
      keys={trialKeys}
      options={
        <>
          <Option label="Count"><Segmented label="Mode" options={modeOptions} value={mode} onChange={setMode} /></Option>
          <Option label="Window"><Segmented label="Conversion window" options={windowOptions} value={window} onChange={setWindow} /></Option>
        </>
      }
      optionWords={[mode === 'COHORT' ? 'trials started in the range' : 'events of the range', `expected to convert within ${windowWord[window]}`]}
      meta={data?.meta}
      notes={notes}
      busy={result.fetching || result.stale}
      onRefresh={refresh}
    >
      {result.error && !data ? <ErrorCard what="The trial funnel" error={result.error} retry={refresh} /> : <TrialFigures trials={trials} />}
      {none ? <Nothing title="No trials started in this period" hint="Choose other dates, or another day at the top." /> : (
        <ReportGrid>
          <Cell width="wide"><FunnelCard trials={trials} /></Cell>
          <Cell width="narrow"><OutcomeCard trials={trials} /></Cell>
          <Cell><CohortsCard trials={trials} /></Cell>
        </ReportGrid>
      )}
    </ReportPage>
  );
}
