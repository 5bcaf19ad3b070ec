import { IconAlertTriangle, IconDatabase } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

import type { ReportMetaFieldsFragment } from '../../api/generated/graphql';
import { Floating } from '../../ui/Floating';
import { format } from '../../ui/format';
import classes from './frame.module.css';

type Meta = ReportMetaFieldsFragment;

/** The moment, renewed every half minute, so that "2 minutes ago" stays true. */
function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** When a source was read; a provider that never answered says so. */
function Age({ at, now, timezone }: { at: string | null | undefined; now: Date; timezone: string }) {
  if (!at) return <span className={classes['never']}>never fetched</span>;
  return (
    <time dateTime={at} title={`${format.instant(at, timezone)} ${timezone}`}>
      {format.relative(at, now)}
    </time>
  );
}

/** Where the figures come from and how old each source is; incomplete ones are named on the trigger. */
export function Sources({ meta }: { meta: Meta }) {
  const now = useNow();
  const missing = meta.sources.filter(({ complete, fetchedAt }) => !complete || !fetchedAt);
  const words = missing.length > 0 ? `${missing.map(({ name }) => name).join(', ')} incomplete` : `${format.integer(meta.sources.length)} ${meta.sources.length === 1 ? 'source' : 'sources'}`;
  const Icon = missing.length > 0 ? IconAlertTriangle : IconDatabase;
  return (
    <Floating
      label="Where these figures come from"
      align="end"
      width={340}
      trigger={(props) => (
        <button type="button" className={classes['sources']} data-missing={missing.length > 0 || undefined} {...props}>
          <Icon aria-hidden size={16} stroke={1.8} />
          {words}
        </button>
      )}
    >
      {() => (
        <dl className={classes['sourceList']}>
          {meta.sources.map(({ name, fetchedAt, complete }) => (
            <div key={name} data-missing={!complete || undefined}>
              <dt>{name}</dt>
              <dd>
                <Age at={fetchedAt} now={now} timezone={meta.timezone} />
                {!complete && ', incomplete'}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Floating>
  );
}
