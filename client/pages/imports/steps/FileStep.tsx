import { useViewer } from '../../../api/session';
import { ButtonLink } from '../../../ui/Button';
import { Card } from '../../../ui/Card';
import { format } from '../../../ui/format';
import classes from '../imports.module.css';
import { Notice } from '../Notice';
import { Progress } from '../Progress';
import type { Import } from '../queries';
import { isOpen, subjectWord } from '../words';

/** The file that came in, or why it did not. */
export function FileStep({ job }: { job: Import }) {
  const { settings } = useViewer();
  const { state, fileName, byteSize, subject, createdBy, createdAt } = job;
  const here = isOpen(job);
  return (
    <Card labelId="step" title="File">
      <div className={classes['step']}>
        {state === 'UPLOADING' && (
          <>
            <Progress label="The file is coming in" progress={null} />
            <p className={classes['hint']}>{format.bytes(byteSize)} so far. It is sent by the page it was chosen on; when that page is closed, this import ends as failed and nothing is written.</p>
          </>
        )}
        <dl className={classes['facts']}>
          <div><dt>File</dt><dd>{fileName}</dd></div>
          <div><dt>Holds</dt><dd>{subjectWord[subject].title}</dd></div>
          <div><dt>Size</dt><dd>{format.bytes(byteSize)}</dd></div>
          <div><dt>Brought by</dt><dd>{createdBy}</dd></div>
          <div><dt>Came in</dt><dd>{format.instant(createdAt, settings.timezone)}</dd></div>
        </dl>
        {state === 'CANCELLED' && <Notice tone="plain"><p>This import was cancelled. Nothing was written, and the file is gone. Bring it again to import it.</p></Notice>}
        <div className={classes['steps']}>
          {here && <ButtonLink kind="primary" to="?step=read">Continue</ButtonLink>}
          <ButtonLink to={`/imports/new?subject=${subject}`}>{state === 'CANCELLED' || state === 'FAILED' ? 'Bring the file again' : 'Import another file'}</ButtonLink>
        </div>
      </div>
    </Card>
  );
}
