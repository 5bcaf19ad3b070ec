import { IconCornerDownRight } from '@tabler/icons-react';

import { Button } from '../../ui/Button';
import { format } from '../../ui/format';
import classes from './imports.module.css';
import { ReplaceImportValue } from './mutations';
import type { Import, Reason } from './queries';
import type { Act } from './useAct';
import { codeWord, isOpen } from './words';

interface ReasonsProps {
  job: Import;
  reasons: readonly Reason[];
  act: Act;
}

/** The wrong values of one column and reason; a near name is taken for all cells with the value. */
function Values({ job, reason: { column, values }, act }: Omit<ReasonsProps, 'reasons'> & { reason: Reason }) {
  const may = isOpen(job) && column != null;
  const take = (value: string, replacement: string) => column != null && void act.run(ReplaceImportValue, { id: job.id, input: { column, value, replacement } });
  return (
    <ul className={classes['values']}>
      {values.map(({ value, count, suggestions }) => (
        <li key={value}>
          <span className={classes['value']}>{value === '' ? <i>empty</i> : value}</span>
          <span className={classes['muted']}>{format.integer(count)} {count === 1 ? 'cell' : 'cells'}</span>
          {suggestions.length > 0 && (
            <span className={classes['suggestions']}>
              <span className={classes['muted']}><IconCornerDownRight aria-hidden size={14} />Did you mean</span>
              {suggestions.map(({ id, name }) => (
                <Button key={id} disabled={!may || act.busy} onClick={() => take(value, id)} title={`Take it for all ${format.integer(count)} cells, then check again`}>{name} <span className={classes['muted']}>id {id}</span></Button>
              ))}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Errors by column and reason, the most frequent first, each with its most frequent values. */
export function Reasons({ job, reasons, act }: ReasonsProps) {
  return (
    <section aria-labelledby="reasons" className={classes['part']}>
      <h3 id="reasons">Why rows are refused</h3>
      {reasons.map((reason, index) => (
        <details key={`${reason.column ?? ''} ${reason.code}`} className={classes['reason']} open={index < 3}>
          <summary>
            <strong>{reason.column ?? 'The row as a whole'}</strong>
            <span>{codeWord[reason.code]}</span>
            <span className={classes['muted']}>{format.integer(reason.count)} {reason.count === 1 ? 'cell' : 'cells'}</span>
          </summary>
          <p className={classes['hint']}>{reason.message}</p>
          <Values job={job} reason={reason} act={act} />
        </details>
      ))}
    </section>
  );
}
