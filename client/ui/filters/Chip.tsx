import { IconChevronDown, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { Floating } from '../Floating';
import classes from './FilterBar.module.css';

interface ChipProps {
  label: string;
  /** In words; null: not set. */
  value: string | null;
  width?: number;
  onClear(): void;
  /** The layer to change it; absent: it can only be cleared. */
  children?: (close: () => void) => ReactNode;
}

/** A filter of a page of its own: its name, its value, a layer to change it, and a cross to clear it. */
export function Chip({ label, value, width = 240, onClear, children }: ChipProps) {
  const text = <>{value === null ? label : `${label}: `}{value !== null && <span className={classes['value']}>{value}</span>}</>;
  return (
    <span className={classes['chip']} data-active={value !== null || undefined}>
      {children ? (
        <Floating
          label={label} width={width}
          trigger={(props) => <button type="button" className={classes['open']} {...props}>{text}{value === null && <IconChevronDown aria-hidden size={14} className={classes['chevron']} />}</button>}
        >
          {children}
        </Floating>
      ) : <span className={classes['open']}>{text}</span>}
      {value !== null && <button type="button" className={classes['remove']} aria-label={`Clear ${label.toLowerCase()}`} onClick={onClear}><IconX aria-hidden size={14} /></button>}
    </span>
  );
}

/** The first of several values, and how many more; null for none. */
export function listed(words: readonly string[]): string | null {
  const [first] = words;
  return first === undefined ? null : words.length > 1 ? `${first} +${words.length - 1}` : first;
}
