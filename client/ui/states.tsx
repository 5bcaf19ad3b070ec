import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { CombinedError } from 'urql';

import { errorCode, requestId } from '../api/client';
import { Button } from './Button';
import classes from './states.module.css';

/** A grey block of the final shape; it appears after 150 ms, so that quick answers do not flash. */
export function Skeleton({ height, width = '100%' }: { height: number | string; width?: number | string }) {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return <div aria-hidden className={classes['skeleton']} data-visible={visible || undefined} style={{ height, width }} />;
}

/** Why there is nothing to see, and the one thing to do about it. */
export function Empty({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className={classes['state']}>
      <IconInbox aria-hidden size={28} stroke={1.5} className={classes['icon']} />
      <p className={classes['title']}>{title}</p>
      {hint && <p className={classes['hint']}>{hint}</p>}
      {action}
    </div>
  );
}

const advice: Record<string, string> = {
  FORBIDDEN: 'Your role does not include these figures. An administrator can change that.',
  RATE_LIMITED: 'Too many requests in a short time. Wait a moment, then try again.',
};

function adviceFor(error: CombinedError): string {
  if (error.networkError) return 'The server did not answer. Check the connection, then try again.';
  return advice[errorCode(error) ?? ''] ?? error.graphQLErrors[0]?.message ?? 'Something unexpected went wrong.';
}

/** What failed, what to do, and the request id for whoever looks into it. */
export function ErrorCard({ what, error, retry }: { what: string; error: CombinedError; retry?: () => void }) {
  const id = requestId(error);
  return (
    <div className={classes['state']} role="alert">
      <IconAlertTriangle aria-hidden size={28} stroke={1.5} className={classes['alert']} />
      <p className={classes['title']}>{what} could not be loaded</p>
      <p className={classes['hint']}>{adviceFor(error)}</p>
      {retry && <Button onClick={retry}>Retry</Button>}
      {id && (
        <p className={classes['request']}>
          Request <code>{id}</code>
        </p>
      )}
    </div>
  );
}
