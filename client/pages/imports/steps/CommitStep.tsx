import { Button, ButtonLink } from '../../../ui/Button';
import { Card } from '../../../ui/Card';
import { format } from '../../../ui/format';
import classes from '../imports.module.css';
import { CancelImport, CommitImport } from '../mutations';
import { Notice } from '../Notice';
import { Progress } from '../Progress';
import { isCommittable } from '../steps';
import { effect, rows, subjectWord, toWrite } from '../words';
import type { StepProps } from './types';

/** The last look before rows are written, then how far that is. */
export function CommitStep({ job, act, goTo }: StepProps) {
  const { id, state, check, subject } = job;
  if (!check) return null;
  const commit = async () => {
    // From here on the import itself says which step it is at.
    if (await act.run(CommitImport, { id })) goTo(null);
  };
  const others = check.unchanged + check.duplicates;
  if (state === 'COMMITTING') {
    return (
      <Card labelId="step" title="Importing" hint="All rows are written in one transaction: until it ends nobody sees any of them. This page may be closed.">
        <div className={classes['step']}>
          <Progress label="Importing" progress={job.progress}>
            <div className={classes['buttons']}><Button onClick={() => void act.run(CancelImport, { id })}>Stop, write nothing</Button></div>
          </Progress>
        </div>
      </Card>
    );
  }
  return (
    <Card labelId="step" title={`Import ${rows(toWrite(check))}?`} hint="All rows are written, or none. Rows that somebody changed since the check stop the import.">
      <div className={classes['step']}>
        <ul className={classes['plain']}>
          <li><strong>{format.integer(check.new)}</strong> {check.new === 1 ? subjectWord[subject].one : subjectWord[subject].many} would be created.</li>
          <li><strong>{format.integer(check.changed)}</strong> would be changed.</li>
          {check.newCompanies > 0 && <li><strong>{format.integer(check.newCompanies)}</strong> companies that are not known would be created with them.</li>}
          {others > 0 && <li>{rows(others)} of the file {others === 1 ? 'is' : 'are'} there already, and left alone.</li>}
        </ul>
        <Notice tone="plain"><p>The import ({effect(check)}) is in the history row by row, and can be undone as long as nobody has touched its rows.</p></Notice>
        <div className={classes['steps']}>
          <ButtonLink to="?step=check">Back</ButtonLink>
          <Button kind="primary" disabled={!isCommittable(job) || act.busy} onClick={() => void commit()}>Import {rows(toWrite(check))}</Button>
        </div>
      </div>
    </Card>
  );
}
