import '../../dates.css';

import { DatePicker } from '@mantine/dates';

/** A month of days; loaded with the first date that is edited. */
export default function Calendar({ day, onPick }: { day: string | null; onPick(day: string): void }) {
  return (
    <DatePicker
      value={day} {...(day ? { defaultDate: day } : {})} onChange={(picked) => picked && onPick(picked)}
      firstDayOfWeek={1} weekendDays={[]} highlightToday locale="en" size="xs"
    />
  );
}
