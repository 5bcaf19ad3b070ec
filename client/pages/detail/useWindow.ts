import { useViewer } from '../../api/session';
import { useAsOf, useSettledFilters } from '../../ui/filters/state';
import { format } from '../../ui/format';

/** The activity window of the page: its length, and in words. */
export function useWindow() {
  const asOf = useAsOf();
  const { window } = useSettledFilters();
  const { settings } = useViewer();
  const days = window ?? settings.activityWindowDays;
  return { asOf, window, words: `last ${format.days(days)} to ${format.date(asOf)}` };
}
