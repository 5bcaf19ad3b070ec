import { useId } from 'react';

import classes from './explore.module.css';

/** One of several, as the browser's own list: columns may be many. */
export function Pick({ label, value, options, none, onChange }: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  /** What stands for nothing chosen; absent: something always is. */
  none?: string;
  onChange(value: string): void;
}) {
  const id = useId();
  return (
    <div className={classes['pick']}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
    </div>
  );
}
