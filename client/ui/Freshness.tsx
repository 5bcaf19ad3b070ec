import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

import { Button } from './Button';
import classes from './Freshness.module.css';
import { format } from './format';

/** How old the figures are, and a button to read them again. */
export function Freshness({
  fetchedAt,
  timezone,
  busy,
  onRefresh,
}: {
  fetchedAt: string | null | undefined;
  timezone: string;
  busy: boolean;
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
