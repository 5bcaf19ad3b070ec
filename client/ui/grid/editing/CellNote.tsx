import { IconX } from '@tabler/icons-react';

import { Button } from '../../Button';
import classes from './editing.module.css';
import type { Option } from './types';

interface CellNoteProps {
  id: string;
  /** Why the value is wrong; absent: it is right. */
  problem: string | undefined;
  /** How the value was understood. */
  reading?: string | undefined;
  near?: readonly Option[];
  onTake?(option: Option): void;
}

/** The reason under a cell, with the names that come near to take by a click. */
export function CellNote({ id, problem, reading, near = [], onTake }: CellNoteProps) {
  if (!problem && !reading) return null;
  return (
    <div className={classes.note} data-wrong={problem ? true : undefined}>
      <p id={id} aria-live="polite">{problem && <IconX aria-hidden size={14} />}{problem ?? reading}</p>
      {near.length > 0 && (
        <span className={classes.near}>
          {near.map((option) => <Button key={option.value} onClick={() => onTake?.(option)}>{option.label}</Button>)}
        </span>
      )}
    </div>
  );
}
