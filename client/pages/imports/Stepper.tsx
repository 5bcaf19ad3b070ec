import { IconCheck } from '@tabler/icons-react';
import { Link } from 'react-router';

import classes from './imports.module.css';
import type { Import } from './queries';
import { isReachable, type StepName, stepNames, stepWord } from './steps';

/** Where one is, and the steps that can be looked at; a new import is at its first. */
export function Stepper({ job, current }: { job: Import | null; current: StepName }) {
  const at = stepNames.indexOf(current);
  return (
    <nav aria-label="Steps of the import">
      <ol className={classes['stepper']}>
        {stepNames.map((step, index) => {
          const word = <><span aria-hidden className={classes['number']}>{index < at ? <IconCheck size={14} stroke={2.5} /> : index + 1}</span>{stepWord[step]}</>;
          const open = job !== null && step !== current && isReachable(job, step);
          return (
            <li key={step} data-state={index < at ? 'past' : step === current ? 'current' : 'ahead'}>
              {open ? <Link to={{ search: `?step=${step}` }}>{word}</Link> : <span aria-current={step === current ? 'step' : undefined}>{word}</span>}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
