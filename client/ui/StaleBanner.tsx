import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

import type { ReportMetaFieldsFragment } from '../api/generated/graphql';
import { format } from './format';
import classes from './StaleBanner.module.css';

type Meta = Pick<ReportMetaFieldsFragment, 'sources' | 'warnings' | 'timezone'>;

/** "1 hour old", "never read": how old the oldest incomplete source is. */
function age(fetchedAt: string | null | undefined, now: Date): string {
  if (!fetchedAt) return 'has never been read';
  return `is from ${format.relative(fetchedAt, now)}`;
}

/** Says above the figures that a provider's data is old: how old, why, and where that can be changed. */
export function StaleBanner({ meta }: { meta: Meta | null | undefined }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const stale = meta?.warnings.filter(({ code }) => code === 'SOURCE_STALE') ?? [];
  if (!meta || stale.length === 0) return null;
  const sources = meta.sources.filter(({ complete, fetchedAt }) => !complete || !fetchedAt);
  return (
    <div className={classes['banner']} role="status">
      <IconAlertTriangle aria-hidden size={18} stroke={1.8} />
      <div>
        {sources.map(({ name, fetchedAt }) => (
          <p key={name}>
            <strong>
              Provider data of {name} <time dateTime={fetchedAt ?? undefined} title={fetchedAt ? `${format.instant(fetchedAt, meta.timezone)} ${meta.timezone}` : undefined}>{age(fetchedAt, now)}</time>.
            </strong>
          </p>
        ))}
        {stale.map(({ message }) => <p key={message}>{message}</p>)}
      </div>
    </div>
  );
}
