import { IconBan } from '@tabler/icons-react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router';

import { useCan } from '../../api/session';
import { ToneBadge } from '../../reports/frame/Badge';
import { Button, ButtonLink } from '../../ui/Button';
import { Page } from '../../ui/Page';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { ConfirmDialog } from './ConfirmDialog';
import classes from './imports.module.css';
import { CancelImport } from './mutations';
import { Notice } from './Notice';
import type { Import } from './queries';
import { Stepper } from './Stepper';
import { isReachable, type StepName, stepNames, stepOf } from './steps';
import { CheckStep } from './steps/CheckStep';
import { ColumnsStep } from './steps/ColumnsStep';
import { CommitStep } from './steps/CommitStep';
import { DoneStep } from './steps/DoneStep';
import { FileStep } from './steps/FileStep';
import { ReadStep } from './steps/ReadStep';
import type { StepProps } from './steps/types';
import { type Act, useAct } from './useAct';
import { useImport } from './useImport';
import { isOpen, stateLook, subjectWord } from './words';

const steps: Record<StepName, (props: StepProps) => React.ReactNode> = {
  file: FileStep, read: ReadStep, columns: ColumnsStep, check: CheckStep, commit: CommitStep, done: DoneStep,
};

/** What went wrong, what became of the data, and what to do. */
function Failure({ job }: { job: Import }) {
  const { state, failure, reading } = job;
  if (!failure) return null;
  if (state === 'READY') return <Notice tone="doubt" alert><p>{failure}</p></Notice>;
  if (state === 'COMMITTED') return <Notice tone="bad" alert><p><strong>The import was not undone; all its rows are as they are.</strong> {failure}</p></Notice>;
  return (
    <Notice tone="bad" alert>
      <p><strong>{failure}</strong></p>
      <p>Nothing was written. {reading == null ? 'Bring the file again.' : 'The file is still here: change how it is read or what its columns mean where that helps, then check it again.'}</p>
    </Notice>
  );
}

/** Drops an import that nothing was written of. */
function Cancel({ job, act }: { job: Import; act: Act }) {
  const [asking, setAsking] = useState(false);
  if (!isOpen(job) && job.state !== 'UPLOADING') return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}><IconBan aria-hidden size={16} />Cancel import</Button>
      <ConfirmDialog
        opened={asking} title="Cancel this import?" verb="Cancel the import" keep="Keep it" onClose={() => setAsking(false)}
        onConfirm={() => void act.run(CancelImport, { id: job.id })}
      >
        <p>Nothing was written, and nothing will be. The file is dropped with what was found in it.</p>
      </ConfirmDialog>
    </>
  );
}

function Wizard({ job, ended, reload }: { job: Import; ended: string; reload(): void }) {
  const act = useAct(reload);
  const [asked, setAsked] = useQueryState('step', parseAsStringLiteral(stepNames).withOptions({ history: 'push' }));
  const step = asked && isReachable(job, asked) ? asked : stepOf(job);
  const Step = steps[step];
  const content = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // The page's own heading has the focus when it opens; later steps start at theirs.
    if (!first.current) {
      content.current?.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    }
    first.current = false;
  }, [step]);
  return (
    <Page
      title={job.fileName} lead={`${subjectWord[job.subject].title} · import ${job.id}`}
      actions={<><ToneBadge {...stateLook[job.state]} /><ButtonLink kind="subtle" to="/imports">All imports</ButtonLink><Cancel job={job} act={act} /></>}
    >
      <Stepper job={job} current={step} />
      <Failure job={job} />
      {act.problem && <Notice tone="bad" alert><p>{act.problem}</p></Notice>}
      <div ref={content} tabIndex={-1} role="group" aria-labelledby="step" className={classes['content']}>
        <Step job={job} act={act} goTo={(next) => void setAsked(next)} />
      </div>
      <p aria-live="polite" className="sw-visually-hidden">{ended}</p>
    </Page>
  );
}

function Loaded({ id }: { id: string }) {
  const { result, job, reload, ended } = useImport(id);
  if (job) return <Wizard job={job} ended={ended} reload={reload} />;
  if (result.error) return <Page title="Import"><ErrorCard what="The import" error={result.error} retry={reload} /></Page>;
  if (result.fetching) return <Page title="Import"><Skeleton height={420} /></Page>;
  return (
    <Page title="Import not found">
      <Empty title="There is no such import" hint="A file that was refused leaves none behind." action={<ButtonLink to="/imports">All imports</ButtonLink>} />
    </Page>
  );
}

/** One import, step by step; each has an address of its own and survives a reload. */
export default function ImportPage() {
  const { id = '' } = useParams();
  const may = useCan('IMPORT_DATA');
  if (!may) return <Page title="Import"><Empty title="Your role does not include imports" hint="An administrator can change that." /></Page>;
  return <Loaded key={id} id={id} />;
}
