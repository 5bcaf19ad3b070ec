import { useQuery } from 'urql';

import type { Tenant } from '../../api/session';
import { CompanyActivity } from '../companies/queries';
import { ActivityCard } from '../detail/ActivityCard';
import { useActivityRange } from '../detail/useActivityRange';

/** How many users of the company are active, over time. */
export function OwnActivity({ tenant }: { tenant: Tenant }) {
  const activity = useActivityRange();
  const [series, read] = useQuery({ query: CompanyActivity, variables: { id: tenant.id, range: activity.days, interval: activity.interval } });
  return (
    <ActivityCard
      owner={tenant.name} activity={activity} points={series.data?.company?.activityOverTime} stale={series.stale} error={series.error}
      retry={() => read({ requestPolicy: 'network-only' })}
    />
  );
}
