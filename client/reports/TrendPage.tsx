import { type Amount, amountText } from '../charts/reports/trendWords';
import { FigureCard } from '../ui/FigureCard';
import { format } from '../ui/format';
import { Segmented } from '../ui/Segmented';
import { ErrorCard } from '../ui/states';
import type { DescribedField } from '../ui/Term';
import { Figures } from './frame/Figures';
import { Cell, ReportGrid } from './frame/Grid';
import { Option, ReportPage } from './frame/ReportPage';
import { IntervalsCard } from './trend/IntervalsCard';
import { TrendCard } from './trend/TrendCard';
import { modeOptions, spanOptions, type Trend, useTrend } from './trend/useTrend';

const notes = [
  ['Closing', 'TrendFlow.closing'], ['New', 'TrendFlow.new'], ['Renewed', 'TrendFlow.renewed'], ['Reactivated', 'TrendFlow.reactivated'],
  ['Expansion', 'TrendFlow.expansion'], ['Contraction', 'TrendFlow.contraction'], ['Expired', 'TrendFlow.expired'], ['Net', 'TrendFlow.net'],
] as const;

/** An amount as a key figure writes it: compact from 10,000 up. */
function compact(amount: Amount): string {
  if (typeof amount === 'number') return amount < 0 ? `−${format.compact(Math.abs(amount))}` : format.compact(amount);
  return format.money(amount, { compact: true });
}

function Figure({ label, field, amount, context, signed = false }: { label: string; field: DescribedField; amount: Amount | undefined; context: string; signed?: boolean }) {
  const gain = signed && amount !== undefined && (typeof amount === 'number' ? amount > 0 : /^[^-]*[1-9]/.test(amount.amount) && !amount.amount.startsWith('-'));
  return (
    <FigureCard
      label={label} field={field} loading={amount === undefined} context={context}
      value={amount === undefined ? '' : `${gain ? '+' : ''}${compact(amount)}`} exact={amount === undefined ? undefined : amountText(amount, format)}
    />
  );
}

function TrendFigures({ trend }: { trend: Trend }) {
  const { totals, absent, months, steps, unit, currency } = trend;
  const over = `over ${months} months`;
  const last = steps.at(-1);
  const unitWord = unit === 'ARR' ? `${currency ?? ''} a year` : unit === 'SEATS' ? 'seats' : 'licences';
  return (
    <Figures stale={trend.result.stale}>
      <Figure label="In force at the end" field="TrendFlow.closing" amount={totals?.closing} context={last ? `${unitWord}, after ${format.date(last.to)}` : unitWord} />
      <Figure label="Net" field="TrendFlow.net" amount={totals?.net} context={over} signed />
      <Figure label="New" field="TrendFlow.new" amount={totals?.new} context={over} />
      {!absent.includes('renewed') && <Figure label="Renewed" field="TrendFlow.renewed" amount={totals?.renewed} context={`${over}, not part of net`} />}
      <Figure label="Expired" field="TrendFlow.expired" amount={totals?.expired} context={over} />
    </Figures>
  );
}

/** Consumption trend: licences, seats and ARR gained and lost per month. */
export default function TrendPage() {
  const trend = useTrend();
  const { result, reload, data } = trend;
  const refresh = () => reload({ requestPolicy: 'network-only' });
  return (
    <ReportPage
      title="Consumption trend"
      lead="What was gained and lost per month, and what was in force at the end of each."
      options={
        <>
          <Option label="In"><Segmented label="Unit" options={trend.unitOptions} value={trend.unit} onChange={trend.setUnit} /></Option>
          <Option label="Counted"><Segmented label="Mode" options={modeOptions} value={trend.mode} onChange={trend.setMode} /></Option>
          <Option label="Last"><Segmented label="Range" options={spanOptions} value={trend.months} onChange={trend.setMonths} /></Option>
        </>
      }
      optionWords={[
        `In ${trend.unit === 'ARR' ? `ARR (${trend.currency ?? ''})` : trend.unit.toLowerCase()}`,
        trend.mode === 'GROSS' ? 'plain counts' : 'with renewals', `last ${trend.months} months`,
      ]}
      meta={data?.meta}
      notes={notes}
      busy={result.fetching || result.stale}
      onRefresh={refresh}
    >
      {result.error && !data ? <ErrorCard what="The consumption trend" error={result.error} retry={refresh} /> : <TrendFigures trend={trend} />}
      <ReportGrid>
        <Cell><TrendCard trend={trend} /></Cell>
        <Cell><IntervalsCard trend={trend} /></Cell>
      </ReportGrid>
    </ReportPage>
  );
}
