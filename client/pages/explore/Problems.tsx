import { IconAlertTriangle } from '@tabler/icons-react';

import type { AnswerError } from '../../api/ask';
import classes from './explore.module.css';
import { problemOf } from './limits';

const MOST = 20;

/** The errors of an answer: what is wrong, where, which limit, and the id that finds the request in the server's log. */
export function Problems({ errors, partial }: { errors: readonly AnswerError[]; partial: boolean }) {
  const problems = errors.slice(0, MOST).map(problemOf);
  return (
    <div className={classes['problems']} role="alert">
      <p className={classes['problemsTitle']}>
        <IconAlertTriangle aria-hidden size={18} stroke={1.6} />
        {partial ? 'Part of the answer is missing' : 'The query was not answered'}
      </p>
      <ul>
        {problems.map(({ message, code, where, limit, requestId }, index) => (
          <li key={index}>
            <p>{message}</p>
            <p className={classes['problemMeta']}>
              {[code, where, limit].filter((part) => part !== null).join(' · ')}
              {requestId && <> · Request <code>{requestId}</code></>}
            </p>
          </li>
        ))}
      </ul>
      {errors.length > MOST && <p>{errors.length - MOST} more are in the JSON.</p>}
    </div>
  );
}
