import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import { useCan } from '../../api/session';
import { Button } from '../../ui/Button';
import classes from './history.module.css';
import { HistoryCard } from './HistoryCard';
import { AuditEntryFields, type Change, type Entry, LicenceHistory, pickLicenceHistory, RevertLicence } from './queries';
import { changeWords, fieldWord, valueWord, whoWord } from './words';

/** What can be set back; the total follows from seats and unit cost. */
const revertible: ReadonlySet<string> = new Set(['companyId', 'partnerId', 'productId', 'startDate', 'endDate', 'seats', 'unitCost', 'currency', 'status']);

interface Conflict {
  entry: Entry;
  change: Change;
  /** The etag of the row as someone else left it, and what they did. */
  etag: string;
  theirs: Entry | undefined;
}

interface LicenceHistoryCardProps {
  licence: { id: string; etag: string };
  /** Something was set back: the page reads itself again. */
  onChanged(words: string): void;
}

/** The changes of a licence, each value before of which can be set again. */
export function LicenceHistoryCard({ licence, onChanged }: LicenceHistoryCardProps) {
  const mayWrite = useCan('WRITE_LICENSES');
  const [{ fetching }, revert] = useMutation(RevertLicence);
  const [refused, setRefused] = useState<string | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const restore = async (entry: Entry, change: Change, etag: string) => {
    setConflict(null);
    setRefused(null);
    const { data, error } = await revert({ id: licence.id, etag, entryId: entry.id, fields: [change.field] }, channel('HISTORY'));
    const payload = data?.revertLicense;
    const errors = payload?.userErrors ?? [];
    if (payload?.license && errors.some(({ code }) => code === 'CONFLICT')) {
      setConflict({ entry, change, etag: payload.license.etag, theirs: getFragmentData(AuditEntryFields, payload.license.history?.nodes)?.[0] });
    } else if (error || errors.length > 0) {
      setRefused(`Nothing was changed. ${error ? (error.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.') : errors.map(({ message }) => message).join(' ')}`);
    } else {
      onChanged(`${fieldWord(change.field)} is ${valueWord(change.before, change.beforeLabel)} again`);
    }
  };
  const action = (entry: Entry, change: Change) => (entry.action === 'UPDATE' && revertible.has(change.field) ? (
    <Button disabled={fetching} onClick={() => void restore(entry, change, licence.etag)} aria-label={`Restore this value: ${fieldWord(change.field)} ${valueWord(change.before, change.beforeLabel)}`}>
      <IconArrowBackUp aria-hidden size={14} />Restore this value
    </Button>
  ) : null);
  return (
    <HistoryCard
      kind="License" id={licence.id} version={licence.etag} query={LicenceHistory} pick={pickLicenceHistory} {...(mayWrite && { action })}
      notice={(
        <>
          {refused && <p role="alert" className={classes['refused']}>{refused}</p>}
          {conflict && (
            <div role="alert" className={classes['conflict']}>
              <p>
                Someone changed this licence while you had it open; nothing was restored.
                {conflict.theirs && ` ${whoWord(conflict.theirs)}: ${conflict.theirs.changes.map(changeWords).join(', ')}.`}
              </p>
              <div>
                <Button onClick={() => void restore(conflict.entry, conflict.change, conflict.etag)}>Restore {fieldWord(conflict.change.field)} {valueWord(conflict.change.before, conflict.change.beforeLabel)} all the same</Button>
                <Button onClick={() => { setConflict(null); onChanged('The licence is shown as it is now'); }}>Leave it as it is now</Button>
              </div>
            </div>
          )}
        </>
      )}
    />
  );
}
