import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';

import { useCan, useViewer } from '../../../api/session';
import { Button, ButtonLink } from '../../../ui/Button';
import { Card } from '../../../ui/Card';
import { format } from '../../../ui/format';
import { ConfirmDialog } from '../ConfirmDialog';
import { RowLinks } from '../Effect';
import classes from '../imports.module.css';
import { CancelImport, UndoImport } from '../mutations';
import { Notice } from '../Notice';
import { Progress } from '../Progress';
import { Tiles } from '../Tiles';
import { effect } from '../words';
import type { StepProps } from './types';

/** What was written, where to look at it, and the way back. */
export function DoneStep({ job, act }: StepProps) {
  const { settings } = useViewer();
  const mayReadLog = useCan('READ_AUDIT');
  const [asking, setAsking] = useState(false);
  const { id, state, subject, check, undoable, committedAt } = job;
  const at = format.instant(committedAt, settings.timezone);
  if (state === 'UNDOING') {
    return (
      <Card labelId="step" title="Undoing" hint="All rows are taken back in one transaction, or none.">
        <div className={classes['step']}>
          <Progress label="Undoing" progress={job.progress}>
            <div className={classes['buttons']}><Button onClick={() => void act.run(CancelImport, { id })}>Stop, keep the import</Button></div>
          </Progress>
        </div>
      </Card>
    );
  }
  const undone = state === 'UNDONE';
  return (
    <Card labelId="step" title={undone ? 'Undone' : 'Imported'} hint={undone ? `Written on ${at}, then taken back: all rows are as they were before.` : `Written on ${at}.`}>
      <div className={classes['step']}>
        {check && !undone && <Notice tone="good"><p><strong>{effect(check)}.</strong> The same file again would change nothing.</p></Notice>}
        {check && <Tiles check={check} />}
        <RowLinks subject={subject} id={id} mayReadLog={mayReadLog} />
        <div className={classes['steps']}>
          <ButtonLink kind="primary" to={`/imports/new?subject=${subject}`}>Import another file</ButtonLink>
          {undoable && <Button disabled={act.busy} onClick={() => setAsking(true)}><IconArrowBackUp aria-hidden size={16} />Undo this import</Button>}
        </div>
        <ConfirmDialog
          opened={asking} title="Undo this import?" verb="Undo this import" keep="Keep the import" onClose={() => setAsking(false)}
          onConfirm={() => void act.run(UndoImport, { id })}
        >
          <p>{check ? `What was created (${format.integer(check.new)}) is deleted, what was changed (${format.integer(check.changed)}) gets its former values. ` : ''}If a row was touched since, nothing is undone, and you are told.</p>
        </ConfirmDialog>
      </div>
    </Card>
  );
}
