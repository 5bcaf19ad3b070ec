import { lazy, useCallback } from 'react';

import { Button } from '../../ui/Button';
import { ChartCard } from '../../ui/chart/ChartCard';
import { linkTo } from '../../ui/filters/links';
import { useAsOf, useSettledFilters } from '../../ui/filters/state';
import { format } from '../../ui/format';
import { timelineColumns } from './columns';
import { NoMatch } from './NoMatch';
import { useLinkDay } from './ownerLinks';
import classes from './Overview.module.css';
import type { TimelineRound, useTimeline } from './useTimeline';

const LicenseTimeline = lazy(() => import('../../charts/LicenseTimeline'));

const rowKey = (round: TimelineRound) => round.id;

interface TimelineCardProps {
  timeline: ReturnType<typeof useTimeline>;
  /** Cards above have no height of their own yet: drawn before them, the chart would be pushed out of view, having loaded its parts. */
  waits?: boolean;
}

/** When rounds start, end and overlap, owner by owner. */
export function TimelineCard({ timeline, waits = false }: TimelineCardProps) {
  const { result, reload, rounds, totalCount, hidesExpired, more } = timeline;
  const filters = useSettledFilters();
  const asOf = useAsOf();
  const day = useLinkDay();
  const href = useCallback((round: { id: string }) => linkTo(`/licences/${round.id}`, {}, {}, day), [day]);
  const owners = useCallback(
    (round: { ownerKey: string }) => {
      const [kind = '', id = ''] = round.ownerKey.split(' ');
      return linkTo('/licences', filters, { [kind]: [id], window: null }, day);
    },
    [filters, day],
  );
  const shown = `${format.integer(rounds.length)} of ${format.integer(totalCount)} rounds`;
  return (
    <ChartCard
      id="timeline"
      title="When do rounds start and end?"
      subject="The licence timeline"
      field="License.lifecycleStatus"
      hint={hidesExpired ? 'Ending soonest first. Expired rounds appear once dates or a status are chosen.' : 'Ending soonest first.'}
      columns={timelineColumns}
      rows={rounds}
      rowKey={rowKey}
      csvName={`licence timeline ${asOf}`}
      rowsHref={linkTo('/licences', filters, { window: null }, day)}
      height={440}
      loading={waits || (!result.data && result.fetching && rounds.length === 0)}
      stale={result.stale}
      error={result.error}
      retry={() => reload({ requestPolicy: 'network-only' })}
      empty={<NoMatch title="Nothing runs in this period" />}
      footer={
        more && (
          <span className={classes['more']}>
            {shown}
            <Button onClick={more} disabled={result.fetching}>
              Show 200 more
            </Button>
          </span>
        )
      }
    >
      <LicenseTimeline
        rounds={rounds}
        asOf={asOf}
        label={`Licence timeline: ${shown}, ending soonest first, as of ${format.date(asOf)}.`}
        href={href}
        ownerHref={owners}
      />
    </ChartCard>
  );
}
