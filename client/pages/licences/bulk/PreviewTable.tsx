import { useState } from 'react';

import type { BulkAction } from '../../../api/generated/graphql';
import { format } from '../../../ui/format';
import { Segmented } from '../../../ui/Segmented';
import { actionWords } from './actions';
import classes from './bulk.module.css';
import { effectHeads, isNow, rowName, wouldBe } from './effect';
import type { Preview, PreviewRow } from './usePreview';

type Part = 'all' | 'affected' | 'skipped';

const isIn = (part: Part) => ({ skippedBecause }: PreviewRow) => part === 'all' || (part === 'skipped') === (skippedBecause != null);

/** Every chosen row: what it is, and what it would be or why it stays as it is. */
export function PreviewTable({ action, preview }: { action: BulkAction; preview: Preview }) {
  const [part, setPart] = useState<Part>('all');
  const [now, then] = effectHeads[action];
  const mixed = preview.affected > 0 && preview.skipped > 0;
  const parts: { value: Part; label: string }[] = [
    { value: 'all', label: `All ${format.integer(preview.rows.length)}` }, { value: 'affected', label: `${actionWords[action].effect} ${format.integer(preview.affected)}` },
    { value: 'skipped', label: `Left as they are ${format.integer(preview.skipped)}` },
  ];
  return (
    <div className={classes.rows}>
      {mixed && <Segmented label="Rows to show" options={parts} value={part} onChange={setPart} />}
      <div className={classes.frame} tabIndex={0} role="region" aria-label="Effect on each licence">
        <table className={classes.table} data-terms={action === 'RENEW' || action === 'DELETE' || undefined}>
          <thead><tr><th>Id</th><th>Licence</th><th>{now}</th><th>{then}</th></tr></thead>
          <tbody>
            {preview.rows.filter(isIn(mixed ? part : 'all')).map((row) => (
              <tr key={row.id} data-skipped={row.skippedBecause != null || undefined}>
                <td className={classes.id}>{row.id}</td>
                <td>{rowName(action, row)}</td>
                {row.skippedBecause == null
                  ? <><td className={classes.now}>{isNow(action, row)}</td><td className={classes.then}>{wouldBe(action, row)}</td></>
                  : <td colSpan={2}>Left as it is. {row.skippedBecause}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
