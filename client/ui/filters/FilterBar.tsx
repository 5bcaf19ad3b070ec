import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

import { useCan, useViewer } from '../../api/session';
import { useEmbedding } from '../embedding';
import { format } from '../format';
import { chipText, filterLabel } from './chipText';
import classes from './FilterBar.module.css';
import { FilterChip } from './FilterChip';
import { LockedChip } from './LockedChip';
import { useFilterNames } from './names';
import { SearchBox } from './SearchBox';
import { useAsOf, useFilters } from './state';
import type { FilterKey, Filters } from './urlState';

/** What clearing one filter writes. */
function cleared(key: FilterKey): { [K in FilterKey]?: Filters[K] | null } {
  return { [key]: null };
}

/** On paper the chips are words: which day, which filters, who printed it and when. */
function PrintHead({ asOf, texts }: { asOf: string; texts: string[] }) {
  const { displayName, settings } = useViewer();
  const [madeAt, setMadeAt] = useState(() => new Date());
  useEffect(() => {
    const note = () => flushSync(() => setMadeAt(new Date()));
    window.addEventListener('beforeprint', note);
    return () => window.removeEventListener('beforeprint', note);
  }, []);
  return (
    <p className="sw-print-only">
      As of {format.date(asOf)} · {texts.length > 0 ? texts.join(' · ') : 'no filters'} · printed by {displayName}, {format.instant(madeAt.toISOString(), settings.timezone)} {settings.timezone}
    </p>
  );
}

/**
 * The filters of a page: one chip each, applied at once and kept in the URL. `keys` are those the page's figures obey;
 * `search` adds a box for free text.
 */
export function FilterBar({ keys, search }: { keys: readonly FilterKey[]; search?: string }) {
  const [filters, setFilters] = useFilters();
  const asOf = useAsOf();
  const { settings, tenant } = useViewer();
  const names = useFilterNames(filters);
  const bar = useRef<HTMLDivElement>(null);
  const embedding = useEmbedding();
  const isLocked = (key: FilterKey) => embedding !== null && key in embedding.locked;
  const allowed: Partial<Record<FilterKey, boolean>> = {
    // Whoever sees one partner, or one company, has none to choose.
    partner: useCan('READ_PARTNERS') && !tenant,
    company: useCan('READ_COMPANIES') && tenant?.ownerType !== 'COMPANY',
    product: useCan('READ_PRODUCTS'),
  };
  // A locked filter is shown even to those who may not read such rows; where owners are locked, no others are there to choose.
  const isOther = (key: FilterKey) => embedding?.ownersLocked === true && (key === 'partner' || key === 'company');
  const shown = keys.filter((key) => isLocked(key) || (allowed[key] !== false && !isOther(key)));
  const all: readonly FilterKey[] = search === undefined ? shown : [...shown, 'q'];
  const texts = shown.map((key) => ({ key, text: chipText(key, filters, names, asOf, format) }));
  const free = all.filter((key) => !isLocked(key));
  const active = free.filter((key) => chipText(key, filters, names, asOf, format) !== null);

  useEffect(() => {
    const focus = () => bar.current?.querySelector<HTMLElement>('input, button')?.focus();
    window.addEventListener('seatwise:filter', focus);
    return () => window.removeEventListener('seatwise:filter', focus);
  }, []);

  return (
    <>
      <PrintHead asOf={asOf} texts={texts.flatMap(({ key, text }) => (text ? [`${filterLabel[key]}: ${text.value}`] : []))} />
      <div ref={bar} className={classes['bar']} role="group" aria-label="Filters" data-print="off">
        {search !== undefined && (
          <SearchBox label={search} value={filters.q} onChange={(q) => setFilters({ q: q === '' ? null : q })} />
        )}
        {texts.map(({ key, text }) => isLocked(key) && text ? <LockedChip key={key} label={filterLabel[key]} value={text.value} /> : (
          <FilterChip
            key={key}
            filter={key}
            text={text}
            filters={filters}
            fallback={key === 'window' ? `last ${format.days(settings.activityWindowDays)}` : undefined}
            onChange={setFilters}
            onClear={() => setFilters(cleared(key))}
          />
        ))}
        {active.length > 0 && (
          <button
            type="button"
            className={classes['clear']}
            onClick={() => setFilters(Object.assign({}, ...free.map(cleared)) as ReturnType<typeof cleared>)}
          >
            <IconX aria-hidden size={14} />
            Clear all
            <span className={classes['count']}>
              {active.length} of {free.length} filters
            </span>
          </button>
        )}
      </div>
    </>
  );
}
