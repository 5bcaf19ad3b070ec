import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';

import type { ReportMetaFieldsFragment } from '../api/generated/graphql';
import { useCan } from '../api/session';
import { format } from './format';
import classes from './StaleBanner.module.css';

type Meta = Pick<ReportMetaFieldsFragment, 'sources' | 'warnings' | 'timezone'>;

/** How old the copy of a provider is. */
function age(fetchedAt: string | null | undefined, now: Date): string {
  if (!fetchedAt) return 'has never been read';
  return `is from ${format.relative(fetchedAt, now)}`;
}

/** Says above the figures that a provider's data is old: how old, why, and where to see more of it. The warning names the provider. */
export function StaleBanner({ meta }: { meta: Meta | null | undefined }) {
  const mayRead = useCan('READ_PROVIDERS');
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const stale = meta?.warnings.filter(({ code }) => code === 'SOURCE_STALE') ?? [];
  if (!meta || stale.length === 0) return null;
  const sources = meta.sources.filter(({ name }) => stale.some(({ message }) => message.includes(name)));
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
        {mayRead && <Link to="/providers">Open the providers</Link>}
      </div>
    </div>
  );
}
