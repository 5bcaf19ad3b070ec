import '../dates.css';

import { DatePicker } from '@mantine/dates';

import { Button } from '../Button';
import classes from './AsOfControl.module.css';

/** Picks the day; one press goes back to today. */
export default function AsOfPicker({
  value,
  today,
  timezone,
  onChange,
}: {
  value: string;
  today: string;
  timezone: string;
  onChange: (day: string) => void;
}) {
  return (
    <div className={classes['picker']}>
      <DatePicker
        value={value}
        defaultDate={value}
        onChange={(day) => day && onChange(day)}
        firstDayOfWeek={1}
        weekendDays={[]}
        fullWidth
        highlightToday
        locale="en"
        size="sm"
      />
      <p className={classes['note']}>Figures are computed as on this day. Days begin and end in {timezone}.</p>
      <Button onClick={() => onChange(today)} disabled={value === today}>
        Back to today
      </Button>
    </div>
  );
}
