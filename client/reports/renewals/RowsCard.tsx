import { IconX } from '@tabler/icons-react';
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';

import { getFragmentData } from '../../api/generated';
import type { RenewalRowsQuery } from '../../api/generated/graphql';
import { Button } from '../../ui/Button';
import { format } from '../../ui/format';
import { Chips } from '../frame/Chips';
import classes from '../frame/frame.module.css';
import { licenseHref } from '../frame/licenseColumns';
import { Nothing } from '../frame/Nothing';
import { ReportRows } from '../frame/ReportRows';
import { renewalColumns, type Row } from './columns';
import { RenewalRowFields, RenewalRows } from './queries';
import { states, type useRenewals } from './useRenewals';
import { bucketWord, stateWord } from './words';

const pick = ({ renewalForecast: { rows } }: RenewalRowsQuery) => ({ ...rows, nodes: getFragmentData(RenewalRowFields, rows.nodes) });
const rowKey = (row: Row) => row.license.id;
const stateOptions = states.map((value) => ({ value, label: stateWord[value] }));

/** What a mark of the charts has narrowed the rows to, and the way back. */
function Narrowed({ words, onClear }: { words: string; onClear(): void }) {
  return (
    <Button onClick={onClear} title="Show all">
      {words}
      <IconX aria-hidden size={14} />
      <span className="sw-visually-hidden">, show all</span>
    </Button>
  );
}

/** Brings the rows into view when a mark of a chart has narrowed them; a press within the rows moves nothing. */
function useShownWhenNarrowed(rows: RefObject<HTMLDivElement | null>, narrowedTo: string): void {
  const before = useRef(narrowedTo);
  useEffect(() => {
    if (before.current === narrowedTo) return;
    before.current = narrowedTo;
    if (narrowedTo !== '' && !rows.current?.contains(document.activeElement)) rows.current?.scrollIntoView({ block: 'nearest' });
  }, [rows, narrowedTo]);
}

/** The licences that expire, those in grace first, then by days left. */
export function RowsCard({ renewals, title = 'Licences that expire' }: { renewals: ReturnType<typeof useRenewals>; title?: string }) {
  const { scope, choices, common, forecast } = renewals;
  const columns = useMemo(() => renewalColumns(scope.money), [scope.money]);
  const { date, chosenBuckets, chosenStates } = choices;
  const available = useMemo(() => (forecast?.buckets ?? []).map(({ name }) => ({ value: name, label: bucketWord[name] })), [forecast]);
  const narrowed = date !== null || chosenBuckets.length > 0 || chosenStates.length > 0;
  const variables = {
    ...common,
    search: scope.search,
    buckets: chosenBuckets.length > 0 ? chosenBuckets : null,
    states: chosenStates.length > 0 ? chosenStates : null,
    expires: date === null ? null : { from: date, to: date },
  };
  const frame = useRef<HTMLDivElement>(null);
  useShownWhenNarrowed(frame, `${date ?? ''}${chosenBuckets.join(',')}`);
  const href = useCallback((row: Row) => licenseHref(row.license, scope.day), [scope.day]);
  return (
    <div ref={frame}>
      <ReportRows
        title={title}
        hint="Those in grace first, then by days left."
        query={RenewalRows}
        variables={variables}
        pick={pick}
        columns={columns}
        rowKey={rowKey}
        rowHref={href}
        csvName={`renewals ${scope.asOf}`}
        toolbar={
          <div className={classes['toolbar']}>
            {date !== null && <Narrowed words={`Expires ${format.date(date)}`} onClear={() => void choices.setDate(null)} />}
            <Chips label="Buckets" options={available} selected={chosenBuckets} onChange={choices.setBuckets} />
            <Chips label="Renewal" options={stateOptions} selected={chosenStates} onChange={choices.setStates} />
          </div>
        }
        empty={
          <Nothing
            title={date === null ? `Nothing expires in ${choices.horizon} days` : `Nothing expires on ${format.date(date)}`}
            narrowed={narrowed}
            action={narrowed && <Button onClick={choices.showAll}>Show all</Button>}
          />
        }
      />
    </div>
  );
}
