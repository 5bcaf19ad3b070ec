import { useViewer } from '../../api/session';
import { format } from '../../ui/format';

/** An instant in the zone of the reports, on one line. */
export function Instant({ at, none = 'never' }: { at: string | null | undefined; none?: string }) {
  const { settings } = useViewer();
  return at ? <time dateTime={at} title={settings.timezone}>{format.instant(at, settings.timezone)}</time> : <>{none}</>;
}
