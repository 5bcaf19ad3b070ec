import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

import type { LiveState } from '../api/useLive';
import { Button } from './Button';
import classes from './Freshness.module.css';
import { format } from './format';

const liveWords: Record<LiveState, string> = { connecting: '', live: 'Live', reconnecting: 'Reconnecting', paused: 'Paused' };

/** How old the figures are, whether they follow what happens, and a button to read them again. */
export function Freshness({
  fetchedAt,
  timezone,
  busy,
  live = null,
  onRefresh,
}: {
  fetchedAt: string | null | undefined;
  timezone: string;
  busy: boolean;
  /** Null: they are as they were read. */
  live?: LiveState | null;
  onRefresh: () => void;
}) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, [fetchedAt]);
  return (
    <span className={classes['freshness']}>
      {live && liveWords[live] && <span className={classes['live']} data-state={live} title="Figures follow what happens while this page is seen.">{liveWords[live]}</span>}
      {fetchedAt && (
        <time dateTime={fetchedAt} title={`${format.instant(fetchedAt, timezone)} ${timezone}`} className={classes['time']}>
          Updated {format.relative(fetchedAt, now)}
        </time>
      )}
      <Button onClick={onRefresh} disabled={busy}>
        <IconRefresh aria-hidden size={16} stroke={1.8} className={busy ? classes['spin'] : undefined} />
        Refresh
      </Button>
    </span>
  );
}
