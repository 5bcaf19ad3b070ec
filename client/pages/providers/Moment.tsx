import { useEffect, useState } from 'react';

import { useViewer } from '../../api/session';
import { format } from '../../ui/format';
import classes from './providers.module.css';

/** An instant: how long ago, and exactly when. */
export function Moment({ at, none = 'never' }: { at: string | null | undefined; none?: string }) {
  const { settings } = useViewer();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, [at]);
  if (!at) return <>{none}</>;
  return (
    <time dateTime={at} title={settings.timezone}>
      {format.relative(at, now)}
      <span className={classes['exact']}>{format.instant(at, settings.timezone)}</span>
    </time>
  );
}
