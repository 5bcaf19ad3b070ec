import { IconX } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';

import { useViewer } from '../../api/session';
import { CheckList } from '../../ui/filters/CheckList';
import { Chip, listed } from '../../ui/filters/Chip';
import classes from '../../ui/filters/FilterBar.module.css';
import { daysOf, presetWords } from '../../ui/filters/presets';
import { SearchBox } from '../../ui/filters/SearchBox';
import { format } from '../../ui/format';
import { actions, channels, type HistoryFilterChange, type HistoryFilters as Filters } from './filter';
import { actionWord, channelWord, kindWord } from './words';

const DatesPicker = lazy(() => import('../../ui/filters/DatesPicker').then((module) => ({ default: module.DatesPicker })));

function datesText(dates: Filters['dates'], today: string): string | null {
  if (!dates) return null;
  const { from, to } = daysOf(dates, today);
  const range = format.range(from, to);
  return 'preset' in dates ? `${presetWords[dates.preset]} · ${range}` : range;
}

const kinds = Object.entries(kindWord).map(([value, label]) => ({ value, label }));

/** The filters of the history: who, what, what was done, through what, when, and of which import. */
export function HistoryFilters({ filters, onChange }: { filters: Filters; onChange(change: HistoryFilterChange | null): void }) {
  const { settings } = useViewer();
  const { by, kind, id, done, via, dates, import: importId, restorable } = filters;
  const active = [by !== '', kind.length > 0, id !== '', done.length > 0, via.length > 0, dates !== null, importId !== '', restorable].filter(Boolean).length;
  return (
    <div className={classes['bar']} role="group" aria-label="Filters" data-print="off">
      <SearchBox label="Who: part of the e-mail" value={by} onChange={(text) => onChange({ by: text || null })} />
      <Chip label="Kind" value={listed(kind.map((one) => kindWord[one] ?? one))} onClear={() => onChange({ kind: null, id: null })}>
        {() => <CheckList label="Kind" options={kinds} selected={kind} onChange={(next) => onChange({ kind: next, ...(next.length === 1 ? {} : { id: null }) })} />}
      </Chip>
      {id !== '' && <Chip label="Id" value={id} onClear={() => onChange({ id: null })} />}
      <Chip label="Done" value={listed(done.map((one) => actionWord[one]))} onClear={() => onChange({ done: null })}>
        {() => <CheckList label="Done" options={actions.map((value) => ({ value, label: actionWord[value] }))} selected={done} onChange={(next) => onChange({ done: actions.filter((one) => next.includes(one)) })} />}
      </Chip>
      <Chip label="Through" value={listed(via.map((one) => channelWord[one]))} onClear={() => onChange({ via: null })}>
        {() => <CheckList label="Through" options={channels.map((value) => ({ value, label: channelWord[value] }))} selected={via} onChange={(next) => onChange({ via: channels.filter((one) => next.includes(one)) })} />}
      </Chip>
      <Chip label="Days" value={datesText(dates, settings.today)} width={320} onClear={() => onChange({ dates: null })}>
        {(close) => <Suspense fallback={null}><DatesPicker note="Changes made on these days" value={dates} asOf={settings.today} onChange={(next) => onChange({ dates: next })} onClose={close} /></Suspense>}
      </Chip>
      {importId !== '' && <Chip label="Import" value={importId} onClear={() => onChange({ import: null })} />}
      {active > 0 && (
        <button type="button" className={classes['clear']} onClick={() => onChange(null)}>
          <IconX aria-hidden size={14} />Clear all
        </button>
      )}
    </div>
  );
}
