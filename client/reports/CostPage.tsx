import { format } from '../ui/format';
import { Segmented } from '../ui/Segmented';
import { ErrorCard } from '../ui/states';
import { CostCard } from './cost/CostCard';
import { CostFigures } from './cost/CostFigures';
import { OwnersCard } from './cost/OwnersCard';
import { useCost, windowOptions } from './cost/useCost';
import { Cell, ReportGrid } from './frame/Grid';
import { Nothing } from './frame/Nothing';
import { Option, ReportPage } from './frame/ReportPage';

const notes = [
  ['Cost per active user', 'SourceCost.costPerActiveUser'], ['Spend a year', 'SourceCost.annualSpend'], ['Active users', 'SourceCost.activeUsers'],
] as const;

/** Cost per active user: annual spend on premium licences over those who use them, per currency. */
export default function CostPage() {
  const cost = useCost();
  const { result, reload, data, scope, days, setDays } = cost;
  const refresh = () => reload({ requestPolicy: 'network-only' });
  const none = data !== undefined && cost.sources.length === 0;
  return (
    <ReportPage
      title="Cost per active user"
      lead="Annual spend on premium licences in force, divided by those who use them. Each currency stands for itself."
      search="Search owners"
      options={<Option label="Active in the last"><Segmented label="Activity window" options={windowOptions} value={days} onChange={setDays} /></Option>}
      optionWords={[`Active in the last ${format.days(cost.windowDays)}`]}
      meta={data?.meta}
      notes={notes}
      busy={result.fetching || result.stale}
      onRefresh={refresh}
    >
      {result.error && !data ? <ErrorCard what="The cost per active user" error={result.error} retry={refresh} /> : <CostFigures cost={cost} />}
      {none ? <Nothing title="No premium spend in force" /> : (
        <ReportGrid>
          {scope.money && <Cell><CostCard cost={cost} /></Cell>}
          {/* Which currency the lines are in is known with the figures. */}
          {data && <Cell><OwnersCard cost={cost} /></Cell>}
        </ReportGrid>
      )}
    </ReportPage>
  );
}
