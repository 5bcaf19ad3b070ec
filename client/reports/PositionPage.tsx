import { FigureCard } from '../ui/FigureCard';
import { format } from '../ui/format';
import { Segmented } from '../ui/Segmented';
import { Figures, Lines, MoneyFigure } from './frame/Figures';
import { Cell, ReportGrid } from './frame/Grid';
import { missingRate } from './frame/MoneySum';
import { CheckBox, Option, ReportPage } from './frame/ReportPage';
import { GapCard } from './position/GapCard';
import { LinesCard } from './position/LinesCard';
import { groupings, usePosition } from './position/usePosition';
import { groupingWord } from './position/words';

const groupingOptions = groupings.map((value) => ({ value, label: `${groupingWord[value][0].charAt(0).toUpperCase()}${groupingWord[value][0].slice(1)}` }));

const notes = [
  ['Deficit', 'PositionTotals.deficit'], ['Surplus', 'PositionTotals.surplus'], ['Purchased', 'PositionTotals.purchased'],
  ['Deployed', 'PositionTotals.deployed'], ['Compliance', 'PositionTotals.compliancePercent'],
] as const;

type Position = ReturnType<typeof usePosition>;

/** What is deployed, part by part. */
function deployedParts(totals: NonNullable<Position['data']>['totals']): string {
  const parts: [number, string][] = [
    [totals.deployedUsers, 'users'], [totals.deployedActivations, 'activations'], [totals.deployedTrials, 'trials'],
  ];
  return parts.filter(([count]) => count > 0).map(([count, word]) => `${format.integer(count)} ${word}`).join(' · ') || 'nothing deployed';
}

function PositionFigures({ position }: { position: Position }) {
  const { data, result, scope, choices } = position;
  const totals = data?.totals;
  const loading = !totals;
  const [, many] = groupingWord[choices.by];
  const lines = (names: readonly string[]) => totals?.byPosition.filter((one) => names.includes(one.position)) ?? [];
  const counts = (names: readonly string[]) => lines(names).map((one) => `${format.integer(one.lines)} ${one.position.toLowerCase()}`).join(' · ');
  return (
    <Figures stale={result.stale}>
      <FigureCard
        label="Deficit" field="PositionTotals.deficit" loading={loading}
        value={format.compact(totals?.deficit)} exact={format.integer(totals?.deficit)}
        context={<Lines>{[`seats missing, over all ${many}`, counts(['DEFICIT', 'UNLICENSED'])]}</Lines>}
      />
      <FigureCard
        label="Surplus" field="PositionTotals.surplus" loading={loading}
        value={format.compact(totals?.surplus)} exact={format.integer(totals?.surplus)}
        context={<Lines>{[`seats left over, over all ${many}`, counts(['SURPLUS', 'UNUSED'])]}</Lines>}
      />
      <FigureCard
        label="Compliance" field="PositionTotals.compliancePercent" loading={loading}
        value={totals?.compliancePercent == null ? '–' : `${format.decimal(String(totals.compliancePercent), 1)}%`}
        context={totals && <Lines>{[`${format.integer(totals.deployed)} deployed on ${format.integer(totals.purchased)} purchased`, deployedParts(totals)]}</Lines>}
      />
      <FigureCard
        label="In grace" field="PositionTotals.inGrace" loading={loading}
        value={format.compact(totals?.inGrace)} exact={format.integer(totals?.inGrace)}
        context="seats past their end, not part of purchased"
      />
      {scope.money && (
        <MoneyFigure
          label="True-up cost" field="PositionTotals.trueUpCost" loading={loading} sum={totals?.trueUpCost} none="0"
          reason={missingRate(result.error, 'trueUpCost')} context="a year, to close every deficit"
        />
      )}
    </Figures>
  );
}

/** Effective licence position: what was purchased against what is deployed. */
export default function PositionPage() {
  const position = usePosition();
  const { choices, result, reload, data } = position;
  const [one] = groupingWord[choices.by];
  const refresh = () => reload({ requestPolicy: 'network-only' });
  return (
    <ReportPage
      title="Licence position"
      lead="What was purchased against what is deployed. One line’s surplus never offsets another’s deficit."
      search={`Search ${groupingWord[choices.by][1]}`}
      options={
        <>
          <Option label="By">
            <Segmented label="By" options={groupingOptions} value={choices.by} onChange={choices.setBy} />
          </Option>
          <CheckBox label="Count active trials" checked={choices.includeTrials} onChange={(on) => void choices.setTrials(on)} />
        </>
      }
      optionWords={[`By ${one}`, choices.includeTrials ? 'active trials counted' : 'without trials']}
      meta={data?.meta}
      notes={notes}
      busy={result.fetching || result.stale}
      onRefresh={refresh}
    >
      {/* Where nothing came the cards say so; figures would only repeat it. */}
      {!(result.error && !data) && <PositionFigures position={position} />}
      <ReportGrid>
        <Cell><GapCard position={position} /></Cell>
        <Cell><LinesCard position={position} /></Cell>
      </ReportGrid>
    </ReportPage>
  );
}
