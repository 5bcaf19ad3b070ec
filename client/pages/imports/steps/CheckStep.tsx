import { useViewer } from '../../../api/session';
import { CheckBox } from '../../../reports/frame/ReportPage';
import { Button, ButtonLink } from '../../../ui/Button';
import { Card } from '../../../ui/Card';
import { format } from '../../../ui/format';
import { Effect } from '../Effect';
import { Errors } from '../Errors';
import classes from '../imports.module.css';
import { CancelImport, CheckImport, ConfigureImport } from '../mutations';
import { Notice } from '../Notice';
import { Progress } from '../Progress';
import { type Check, type Import } from '../queries';
import { Reasons } from '../Reasons';
import { isCommittable, isMapped } from '../steps';
import { Tiles } from '../Tiles';
import { isOpen, rows, toWrite } from '../words';
import type { StepProps } from './types';

/** Companies that are not known may come with the rounds that name them; the check then starts again. */
function MissingCompanies({ job, act }: Pick<StepProps, 'job' | 'act'>) {
  const { id, createMissingCompanies, check } = job;
  const change = async (on: boolean) => {
    if (await act.run(ConfigureImport, { id, input: { createMissingCompanies: on } })) await act.run(CheckImport, { id });
  };
  return (
    <div className={classes['missing']}>
      <CheckBox label="Create companies that are not known, active and without a partner" checked={createMissingCompanies} onChange={(on) => void change(on)} />
      {check != null && check.newCompanies > 0 && <span>{format.integer(check.newCompanies)} would be created</span>}
    </div>
  );
}

/** What the check says in a sentence, and what to do next. */
function Verdict({ check }: { check: Check }) {
  if (check.errorRows > 0) {
    return (
      <Notice tone="bad">
        <p><strong>{rows(check.errorRows)} of {format.integer(check.rows)} can’t be imported, so nothing can.</strong> Take a suggestion for a wrong value, change columns or formats, or correct the file and bring it again.</p>
      </Notice>
    );
  }
  if (toWrite(check) === 0) return <Notice tone="good"><p>Everything is already as the file says. There is nothing to import.</p></Notice>;
  return <Notice tone="good"><p>No errors. {rows(toWrite(check))} can be imported.</p></Notice>;
}

function Found({ job, act, check }: Pick<StepProps, 'job' | 'act'> & { check: Check }) {
  return (
    <>
      <Verdict check={check} />
      <Tiles check={check} />
      {check.reasons.length > 0 && <Reasons job={job} reasons={check.reasons} act={act} />}
      {check.errorRows > 0 && <Errors key={job.changedAt} job={job} check={check} />}
      <Effect check={check} />
    </>
  );
}

/** Where the check stands while there is nothing found yet. */
function NotChecked({ job }: { job: Import }) {
  return <Notice tone="plain"><p>{isMapped(job) ? 'The file has not been checked as it is now set up.' : 'Columns are still without a meaning. Give them one first.'}</p></Notice>;
}

/** The dry run: how far it is, then what it found and what can be done about it. */
export function CheckStep({ job, act, goTo }: StepProps) {
  const { settings } = useViewer();
  const { id, state, check, subject } = job;
  const open = isOpen(job);
  const again = () => void act.run(CheckImport, { id });
  return (
    <Card labelId="step" title="What would change?" hint={`Nothing is written yet. Companies, products and rounds are compared as they are on ${format.date(settings.today)}.`}>
      <div className={classes['step']}>
        {subject === 'LICENSES' && open && <MissingCompanies job={job} act={act} />}
        {state === 'CHECKING' && (
          <Progress label="Checking" progress={job.progress}>
            <div className={classes['buttons']}><Button onClick={() => void act.run(CancelImport, { id })}>Stop the check</Button></div>
          </Progress>
        )}
        {state !== 'CHECKING' && !check && <NotChecked job={job} />}
        {check && <div className={classes['found']} data-stale={act.busy || undefined}><Found job={job} act={act} check={check} /></div>}
        <div className={classes['steps']}>
          {open && <ButtonLink to="?step=columns">Back</ButtonLink>}
          {open && <Button kind={check ? 'default' : 'primary'} disabled={act.busy || !isMapped(job)} onClick={again}>{check ? 'Check again' : 'Check the file'}</Button>}
          {open && check && <Button kind="primary" disabled={!isCommittable(job) || act.busy} onClick={() => goTo('commit')}>Continue to commit</Button>}
        </div>
      </div>
    </Card>
  );
}
