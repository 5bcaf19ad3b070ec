import { IconChevronDown, IconX } from '@tabler/icons-react';
import { lazy } from 'react';

import { Floating } from '../Floating';
import { type ChipText, filterLabel } from './chipText';
import classes from './FilterBar.module.css';
import type { FilterChange, FilterKey, Filters } from './state';

const FilterPicker = lazy(() => import('./FilterPicker'));

/** One filter: its name, its value, a layer to change it, and a cross to clear it. */
export function FilterChip({
  filter,
  text,
  filters,
  fallback,
  onChange,
  onClear,
}: {
  filter: FilterKey;
  text: ChipText | null;
  filters: Filters;
  fallback?: string | undefined;
  onChange: (change: FilterChange) => void;
  onClear: () => void;
}) {
  const label = filterLabel[filter];
  const value = text?.value ?? fallback;
  return (
    <span className={classes['chip']} data-active={text !== null || undefined} data-unknown={text?.unknown || undefined}>
      <Floating
        label={label}
        width={filter === 'dates' ? 320 : 288}
        trigger={(props) => (
          <button type="button" className={classes['open']} {...props}>
            {value === undefined ? label : `${label}: `}
            {value !== undefined && <span className={classes['value']}>{value}</span>}
            {text === null && <IconChevronDown aria-hidden size={14} className={classes['chevron']} />}
          </button>
        )}
      >
        {(close) => <FilterPicker filter={filter} filters={filters} onChange={onChange} onClose={close} />}
      </Floating>
      {text !== null && (
        <button type="button" className={classes['remove']} aria-label={`Clear ${label.toLowerCase()}`} onClick={onClear}>
          <IconX aria-hidden size={14} />
        </button>
      )}
    </span>
  );
}
