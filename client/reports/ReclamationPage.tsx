import { FigureCard } from '../ui/FigureCard';
import { format } from '../ui/format';
import { Segmented } from '../ui/Segmented';
import { Figures, MoneyFigure } from './frame/Figures';
import { Cell, ReportGrid } from './frame/Grid';
import { missingRate } from './frame/MoneySum';
import { Option, ReportPage } from './frame/ReportPage';
import { ClassCard, MonthCard, ReasonCard } from './reclamation/Cards';
import { RowsCard } from './reclamation/RowsCard';
import { thresholds, useReclamation } from './reclamation/useReclamation';

const thresholdOptions = thresholds.map((value) => ({ value, label: `${value} days` }));

const notes = [
  ['Saving', 'Reclamation.saving'], ['Reclaimable seats', 'Reclamation.reclaimableSeats'], ['Active', 'ActivityClass.ACTIVE'],
  ['Dormant', 'ActivityClass.DORMANT'], ['Inactive', 'ActivityClass.INACTIVE'], ['Too new to judge', 'ActivityClass.TOO_NEW'],
  ['No telemetry', 'ActivityClass.NO_TELEMETRY'], ['More seats than users', 'ReclamationReason.UNDERUSED'],
] as const;

function ReclamationFigures({ reclamation }: { reclamation: ReturnType<typeof useReclamation> }) {
  const { report, result, scope, threshold } = reclamation;
  const loading = !report;
  const held = report?.classes.find((figure) => figure.class === 'NO_TELEMETRY');
  return (
    <Figures stale={result.stale}>
      {scope.money && (
        <MoneyFigure
          label="Saving" field="Reclamation.saving" loading={loading} sum={report?.saving} none="0" reason={missingRate(result.error, 'saving')}
          context="a year, if all of it is given up"
        />
      )}
      <FigureCard
        label="Reclaimable seats" field="Reclamation.reclaimableSeats" loading={loading} value={format.compact(report?.reclaimableSeats)}
        exact={format.integer(report?.reclaimableSeats)} context={`unused for ${threshold} days or more, or beyond the users`}
      />
      <FigureCard
        label="Licences to look at" field="Reclamation.candidates" loading={loading} value={format.compact(report?.candidates)}
        exact={format.integer(report?.candidates)} context={`of ${format.integer(report?.premiumInForce)} premium licences in force`}
      />
      <FigureCard
        label="Held back" field="ActivityClass.NO_TELEMETRY" loading={loading} value={format.compact(held?.licenses)} exact={format.integer(held?.licenses)}
        context="licences of sources or products that report nothing"
      />
    </Figures>
  );
}

/** Premium licences in force that nobody uses, or with more seats than users, and what giving them up would save. */
export default function ReclamationPage() {
  const reclamation = useReclamation();
  const { result, reload, report, threshold, setThreshold } = reclamation;
  const refresh = () => reload({ requestPolicy: 'network-only' });
  return (
    <ReportPage
      title="Reclamation"
      lead="Premium licences in force that nobody uses, or that have more seats than users, and what giving them up would save."
      search="Search owners and products"
      options={
        <Option label="Unused for">
          <Segmented label="Unused for" options={thresholdOptions} value={threshold} onChange={setThreshold} />
        </Option>
      }
      optionWords={[`Unused for ${threshold} days or more`]}
      meta={report?.meta}
      notes={notes}
      busy={result.fetching || result.stale}
      onRefresh={refresh}
    >
      {/* Where nothing came the cards say so; figures would only repeat it. */}
      {!(result.error && !report) && <ReclamationFigures reclamation={reclamation} />}
      <ReportGrid>
        <Cell><ClassCard reclamation={reclamation} /></Cell>
        <Cell width="narrow"><ReasonCard reclamation={reclamation} /></Cell>
        <Cell width="wide"><MonthCard reclamation={reclamation} /></Cell>
        <Cell><RowsCard reclamation={reclamation} /></Cell>
      </ReportGrid>
    </ReportPage>
  );
}
