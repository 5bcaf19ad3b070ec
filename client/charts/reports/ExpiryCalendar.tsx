import { useMemo } from 'react';

import { format } from '../../ui/format';
import { useTokens } from '../../ui/tokens';
import { Chart } from '../Chart';
import classes from '../Chart.module.css';
import { useNarrow } from '../useNarrow';
import { type CalendarData, calendarHeight, expiryCalendar } from './expiryCalendar';

type ExpiryCalendarProps = Omit<CalendarData, 'narrow'> & { label: string };

const steps = [1, 2, 3, 4, 5];

/** When licences expire, a cell a day; memoise `days`, `measured` and `href`. */
export default function ExpiryCalendar({ label, days, from, to, measured, selected, href }: ExpiryCalendarProps) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const option = useMemo(
    () => expiryCalendar({ days, from, to, measured, href, narrow, ...(selected ? { selected } : {}) }, format, tokens),
    [days, from, to, measured, selected, href, narrow, tokens],
  );
  return (
    <>
      <Chart option={option} label={label} height={calendarHeight(from, to, narrow)} />
      <p className={classes.note}>
        Fewer{' '}
        {steps.map((step) => (
          <span key={step} aria-hidden style={{ display: 'inline-block', width: 12, height: 12, marginRight: 2, borderRadius: 3, background: `var(--sw-heat-${step + 1})`, verticalAlign: -2 }} />
        ))}{' '}
        more on one day
      </p>
    </>
  );
}
