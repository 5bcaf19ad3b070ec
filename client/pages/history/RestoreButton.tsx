import { IconRotate2 } from '@tabler/icons-react';

import { Button } from '../../ui/Button';
import classes from './history.module.css';
import type { Entry } from './queries';
import type { useRestore } from './useRestore';
import { kindOf } from './words';

/** Brings the thing of a deletion back; says why when it cannot be. */
export function RestoreButton({ entry, restoring }: { entry: Entry; restoring: ReturnType<typeof useRestore> }) {
  if (!restoring.may(entry)) return null;
  const refused = restoring.refused?.id === entry.id ? restoring.refused.words : null;
  return (
    <div className={classes['restore']}>
      <Button kind="primary" disabled={restoring.busy !== null} onClick={() => void restoring.restore(entry)}>
        <IconRotate2 aria-hidden size={16} />{restoring.busy === entry.id ? 'Restoring' : `Restore ${kindOf(entry).toLowerCase()} ${entry.entityId}`}
      </Button>
      {refused && <p role="alert" className={classes['refused']}>{refused}</p>}
    </div>
  );
}
