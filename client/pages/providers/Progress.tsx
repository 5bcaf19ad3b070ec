import { format } from '../../ui/format';
import classes from './providers.module.css';
import type { Provider } from './useProviders';

/** How far the running synchronisation is; without an expected total the bar only says that it runs. */
export function Progress({ progress }: { progress: NonNullable<Provider['progress']> }) {
  const { read, total, waitingAfter } = progress;
  const words = total == null ? `${format.integer(read)} licences read` : `${format.integer(read)} of ${format.integer(total)} licences read`;
  return (
    <div className={classes['progress']}>
      <progress aria-label="Synchronisation" {...(total == null ? {} : { max: total, value: read })} />
      <p aria-live="off">Synchronising · {words}</p>
      {waitingAfter && <p className={classes['waiting']}>Waiting to try again after: {waitingAfter}</p>}
    </div>
  );
}
