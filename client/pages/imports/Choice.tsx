import { type ReactNode, useId } from 'react';

import classes from './imports.module.css';

interface ChoiceProps {
  label: string;
  /** The label is said, not shown: where a column head says it. */
  quiet?: boolean;
  value: string;
  options: readonly { value: string; label: string }[];
  disabled?: boolean;
  /** Something must be chosen. */
  wanted?: boolean;
  hint?: ReactNode;
  onChange(value: string): void;
}

/** One of several, as the browser's own list: there may be a thousand of them on a page. */
export function Choice({ label, quiet = false, value, options, disabled = false, wanted = false, hint, onChange }: ChoiceProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className={classes['choice']}>
      <label htmlFor={id} className={quiet ? 'sw-visually-hidden' : undefined}>{label}</label>
      <select
        id={id} value={value} disabled={disabled} data-wanted={wanted || undefined} aria-invalid={wanted || undefined}
        aria-describedby={hint ? hintId : undefined} onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
      {hint && <p id={hintId} className={classes['hint']} data-wanted={wanted || undefined}>{hint}</p>}
    </div>
  );
}
