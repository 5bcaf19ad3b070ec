import { FigureCard } from '../ui/FigureCard';
import { format } from '../ui/format';
import { Segmented } from '../ui/Segmented';
import { Figures, Lines, MoneyFigure } from './frame/Figures';
import { Cell, ReportGrid } from './frame/Grid';
import { missingRate, type Sum } from './frame/MoneySum';
import { CheckBox, Option, ReportPage } from './frame/ReportPage';
import { BucketCard, CalendarCard } from './renewals/ExpiryCards';
import { RowsCard } from './renewals/RowsCard';
import { horizons, useRenewals } from './renewals/useRenewals';

const horizonOptions = horizons.map((value) => ({ value, label: `${value} days` }));
const measureOptions = [
  { value: 'licenses', label: 'Licences' },
  { value: 'quantity', label: 'Seats' },
  { value: 'arr', label: 'ARR' },
] as const;

const notes = [
  ['At risk', 'RenewalForecast.atRisk'], ['Within 90 days', 'RenewalForecast.within90'], ['Within 180 days', 'RenewalForecast.within180'],
  ['Renewal', 'RenewalRow.state'], ['Days left', 'RenewalRow.daysRemaining'],
] as const;

type Renewals = ReturnType<typeof useRenewals>;

/** ARR in a line of context: one currency as it is, several as the converted total. */
function arrLine(sum: Sum | null | undefined): string | null {
  const [first] = sum?.amounts ?? [];
  if (!sum || !first) return null;
  if (sum.amounts.length === 1) return `${format.money(first, { compact: true })} ARR`;
  return sum.converted ? `≈ ${format.money(sum.converted.money, { compact: true })} ARR` : `ARR in ${sum.amounts.length} currencies`;
}

function RenewalFigures({ renewals }: { renewals: Renewals }) {
  const { forecast, result, scope, choices } = renewals;
  const loading = !forecast;
  const grace = forecast?.buckets.find(({ name }) => name === 'IN_GRACE')?.all;
  const risk = forecast?.atRisk;
  const seats = (quantity: number | undefined) => `${format.integer(quantity)} seats`;
  return (
    <Figures stale={result.stale}>
      {scope.money && (
        <MoneyFigure
          label="ARR at risk" field="RenewalForecast.atRisk" loading={loading} sum={risk?.arr} none="0"
          reason={missingRate(result.error, 'atRisk')} context="not renewed, grace included"
        />
      )}
      <FigureCard
        label="Licences at risk" field="RenewalForecast.atRisk" loading={loading} value={format.compact(risk?.licenses)} exact={format.integer(risk?.licenses)}
        context={<Lines>{[`${seats(risk?.quantity)} not renewed`, 'grace included']}</Lines>}
      />
      <FigureCard
        label="In grace" field="RenewalBucketName.IN_GRACE" loading={loading} value={format.compact(grace?.licenses)} exact={format.integer(grace?.licenses)}
        context={<Lines>{[seats(grace?.quantity), 'past their end, still in grace']}</Lines>}
      />
      <FigureCard
        label="Within 90 days" field="RenewalForecast.within90" loading={loading} value={format.compact(forecast?.within90.licenses)}
        exact={format.integer(forecast?.within90.licenses)} context={<Lines>{[seats(forecast?.within90.quantity), arrLine(forecast?.within90.arr)]}</Lines>}
      />
      {choices.horizon === '180' && (
        <FigureCard
          label="Within 180 days" field="RenewalForecast.within180" loading={loading} value={format.compact(forecast?.within180.licenses)}
          exact={format.integer(forecast?.within180.licenses)} context={<Lines>{[seats(forecast?.within180.quantity), arrLine(forecast?.within180.arr)]}</Lines>}
        />
      )}
    </Figures>
  );
}

/** The report's choices: how far ahead, and what the charts measure. */
function RenewalOptions({ renewals }: { renewals: Renewals }) {
  const { choices, scope, measured, currencies } = renewals;
  return (
    <>
      <Option label="Ahead">
        <Segmented label="Ahead" options={horizonOptions} value={choices.horizon} onChange={choices.setHorizon} />
      </Option>
      <Option label="Charts show">
        <Segmented
          label="Charts show" options={scope.money ? measureOptions : measureOptions.slice(0, 2)} value={measured.measure}
          onChange={choices.setMeasure}
        />
      </Option>
      {measured.measure === 'arr' && currencies.length > 1 && (
        <Segmented
          label="Currency" options={currencies.map((value) => ({ value, label: value }))} value={measured.currency}
          onChange={(currency) => void choices.setMoney(currency)}
        />
      )}
      <CheckBox label="Trials" checked={choices.includeTrials} onChange={(on) => void choices.setTrials(on)} />
    </>
  );
}

/** What expires within the horizon, what is in grace, and what of it is at risk. */
export default function RenewalsPage() {
  const renewals = useRenewals();
  const { choices, result, reload, forecast } = renewals;
  const refresh = () => reload({ requestPolicy: 'network-only' });
  return (
    <ReportPage
      title="Renewals"
      lead="What expires soon, what is in grace, and what nothing continues yet. Perpetual licences never appear."
      search="Search owners and products"
      options={<RenewalOptions renewals={renewals} />}
      optionWords={[`${choices.horizon} days ahead`, choices.includeTrials ? 'with trials' : 'without trials']}
      meta={forecast?.meta}
      notes={notes}
      busy={result.fetching || result.stale}
      onRefresh={refresh}
    >
      {/* Where nothing came the cards say so; figures would only repeat it. */}
      {!(result.error && !forecast) && <RenewalFigures renewals={renewals} />}
      <ReportGrid>
        <Cell><CalendarCard renewals={renewals} /></Cell>
        <Cell><BucketCard renewals={renewals} /></Cell>
        <Cell><RowsCard renewals={renewals} /></Cell>
      </ReportGrid>
    </ReportPage>
  );
}
