import type { ReactNode } from 'react';

import classes from './history.module.css';
import type { Change, Entry } from './queries';
import { fieldWord, valueWord } from './words';

/** A value as people read it, with the id behind a name and long ones cut until asked for. */
function Value({ value, label }: { value: string | null | undefined; label: string | null | undefined }) {
  if (value == null) return <span className={classes['none']}>–</span>;
  if (value.length > 200) return <details className={classes['long']}><summary>{value.slice(0, 80)}…</summary>{value}</details>;
  return <>{valueWord(value, label)}{label && <span className={classes['none']}> · id {value}</span>}</>;
}

interface ChangesProps {
  entry: Entry;
  /** Only the values before: of something that is gone. */
  onlyBefore?: boolean;
  /** A button beside a field. */
  action?: ((entry: Entry, change: Change) => ReactNode) | undefined;
}

/** Field, before and after, of one change. */
export function Changes({ entry, onlyBefore = false, action }: ChangesProps) {
  if (entry.changes.length === 0) return <p className={classes['none']}>No field is recorded for this change.</p>;
  return (
    <table className={classes['changes']}>
      <thead>
        <tr><th scope="col">Field</th><th scope="col">{onlyBefore ? 'Value' : 'Before'}</th>{!onlyBefore && <th scope="col">After</th>}{action && <th scope="col"><span className="sw-visually-hidden">Actions</span></th>}</tr>
      </thead>
      <tbody>
        {entry.changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{fieldWord(change.field)}</th>
            <td data-label={onlyBefore ? undefined : 'Before'}><Value value={change.before} label={change.beforeLabel} /></td>
            {!onlyBefore && <td data-label="After"><Value value={change.after} label={change.afterLabel} /></td>}
            {action && <td className={classes['act']}>{action(entry, change)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
