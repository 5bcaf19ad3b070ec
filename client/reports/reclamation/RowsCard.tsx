import { useCallback, useMemo } from 'react';

import { getFragmentData } from '../../api/generated';
import type { ReclamationRowsQuery } from '../../api/generated/graphql';
import { useViewer } from '../../api/session';
import { Button } from '../../ui/Button';
import { Chips } from '../frame/Chips';
import { licenseHref } from '../frame/licenseColumns';
import { Nothing } from '../frame/Nothing';
import { ReportRows } from '../frame/ReportRows';
import { reasonOptions } from './Cards';
import { reclamationColumns, type Row } from './columns';
import { ReclamationRowFields, ReclamationRows } from './queries';
import type { useReclamation } from './useReclamation';

const pick = ({ reclamation: { rows } }: ReclamationRowsQuery) => ({ ...rows, nodes: getFragmentData(ReclamationRowFields, rows.nodes) });
const rowKey = (row: Row) => row.license.id;

/** The candidates: never used first, then the longest without activity. */
export function RowsCard({ reclamation }: { reclamation: ReturnType<typeof useReclamation> }) {
  const { scope, common, chosen, setChosen, report } = reclamation;
  const { settings } = useViewer();
  const columns = useMemo(() => reclamationColumns(scope.money, settings.timezone), [scope.money, settings.timezone]);
  const href = useCallback((row: Row) => licenseHref(row.license, scope.day), [scope.day]);
  return (
    <ReportRows
      title="Licences with reclaimable seats"
      hint="Never used first, then the longest without activity."
      query={ReclamationRows}
      variables={{ ...common, search: scope.search, reasons: chosen.length > 0 ? chosen : null }}
      pick={pick}
      columns={columns}
      rowKey={rowKey}
      rowHref={href}
      csvName={`reclamation ${scope.asOf}`}
      toolbar={<Chips label="Reasons" options={reasonOptions(report)} selected={chosen} onChange={setChosen} />}
      empty={
        <Nothing
          title="Nothing can be reclaimed"
          hint="Every premium licence in force is used."
          narrowed={chosen.length > 0}
          action={chosen.length > 0 && <Button onClick={() => setChosen([])}>Show all reasons</Button>}
        />
      }
    />
  );
}
