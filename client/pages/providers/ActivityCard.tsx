import { IconBook2, IconCheck, IconCircleDashed } from '@tabler/icons-react';
import { useId } from 'react';

import type { ActivityRollupFieldsFragment } from '../../api/generated/graphql';
import { ToneBadge } from '../../reports/frame/Badge';
import { Card } from '../../ui/Card';
import { format } from '../../ui/format';
import { Term } from '../../ui/Term';
import { Moment } from './Moment';
import classes from './providers.module.css';

const look: Record<ActivityRollupFieldsFragment['state'], { word: string; tone: string; icon: typeof IconCheck; hint: string }> = {
  OFF: { word: 'Off', tone: 'expired', icon: IconCircleDashed, hint: 'Active users are counted in the log itself' },
  READING: { word: 'First reading', tone: 'under', icon: IconBook2, hint: 'Until it is complete, active users are counted in the log itself' },
  FOLLOWING: { word: 'Following', tone: 'well', icon: IconCheck, hint: 'Active users are counted from what was read, and from what is newer in the log' },
};

/** The activity log: how far it has been read. */
export function ActivityCard({ rollup }: { rollup: ActivityRollupFieldsFragment }) {
  const labelId = useId();
  const { word, tone, icon, hint } = look[rollup.state];
  return (
    <Card labelId={labelId} title="Activity log" hint={hint} action={<ToneBadge tone={tone} icon={icon} word={word} />}>
      <div className={classes['provider']}>
        {rollup.state === 'READING' && (
          <div className={classes['progress']}>
            <progress aria-label="First reading of the activity log" max={1} value={rollup.readShare} />
            <p aria-live="off">
              {format.percent(rollup.readShare)} read{rollup.secondsLeft != null && ` · about ${format.integer(Math.ceil(rollup.secondsLeft / 60))} min left`}
            </p>
          </div>
        )}
        {rollup.state !== 'OFF' && (
          <dl className={classes['facts']}>
            <div><dt><Term field="ActivityRollup.readThroughId">Read through entry</Term></dt><dd>{rollup.readThroughId ?? 'none'}</dd></div>
            <div><dt><Term field="ActivityRollup.newestId">Newest entry</Term></dt><dd>{rollup.newestId ?? 'none'}</dd></div>
            <div><dt><Term field="ActivityRollup.settledThroughId">Settled through entry</Term></dt><dd>{rollup.settledThroughId === '0' ? 'none yet' : (rollup.settledThroughId ?? 'none')}</dd></div>
            <div><dt><Term field="ActivityRollup.readAt">Last read</Term></dt><dd><Moment at={rollup.readAt} /></dd></div>
          </dl>
        )}
      </div>
    </Card>
  );
}
