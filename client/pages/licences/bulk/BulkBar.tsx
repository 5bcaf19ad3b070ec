import { IconCalendarPlus, IconTag, IconTrash, IconUserShare, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

import type { BulkAction } from '../../../api/generated/graphql';
import { Button, IconButton } from '../../../ui/Button';
import { format } from '../../../ui/format';
import { Toast, useToast } from '../../forms/Toast';
import { actionWords, licences, MOST_ROWS } from './actions';
import classes from './bulk.module.css';

const BulkDialog = lazy(() => import('./BulkDialog'));

const actions: [BulkAction, typeof IconTag][] = [
  ['RENEW', IconCalendarPlus], ['SET_STATUS', IconTag], ['SET_OWNER', IconUserShare], ['DELETE', IconTrash],
];

interface BulkBarProps {
  /** Ids of the selected licences; with none there is no bar. */
  ids: readonly string[];
  /** Something was done: read the licences anew. The selection is to go. */
  onDone(): void;
  onClear(): void;
}

/** What can be done to the selected licences at once. */
export function BulkBar({ ids, onDone, onClear }: BulkBarProps) {
  const [action, setAction] = useState<BulkAction | null>(null);
  const [toast, say] = useToast();
  const tooMany = ids.length > MOST_ROWS;
  return (
    <>
      {ids.length > 0 && (
        <section className={classes.bar} aria-label="Selected licences">
          <p role="status" className={classes.count}>
            <strong>{licences(ids.length)} selected</strong>
            {tooMany && <span className={classes.tooMany}>At most {format.integer(MOST_ROWS)} can be changed at once.</span>}
          </p>
          <div className={classes.buttons}>
            {actions.map(([kind, Icon]) => (
              <Button key={kind} disabled={tooMany} onClick={() => setAction(kind)}><Icon aria-hidden size={16} />{actionWords[kind].button}</Button>
            ))}
            <IconButton label="Clear the selection" onClick={onClear}><IconX aria-hidden size={16} /></IconButton>
          </div>
        </section>
      )}
      {action !== null && (
        <Suspense fallback={null}>
          <BulkDialog
            action={action} ids={ids} onClose={() => setAction(null)}
            onDone={(words) => {
              setAction(null);
              say(words);
              onDone();
            }}
          />
        </Suspense>
      )}
      <Toast text={toast} />
    </>
  );
}
