import type { ReactNode } from 'react';
import { useQuery } from 'urql';

import { getFragmentData } from '../../api/generated';
import { useCan, useViewer } from '../../api/session';
import { Card } from '../../ui/Card';
import { format } from '../../ui/format';
import { Page } from '../../ui/Page';
import { Skeleton } from '../../ui/states';
import { Changes } from './Changes';
import classes from './history.module.css';
import { AuditEntryFields, LastChange } from './queries';
import { RestoreButton } from './RestoreButton';
import { useRestore } from './useRestore';
import { kindOf, thingName, whoWord } from './words';

interface GoneProps {
  /** Name of the kind in the log. */
  kind: 'License' | 'Company' | 'Partner';
  id: string;
  /** What to say when nothing is known of it, or the viewer may not know. */
  children: ReactNode;
  onRestored(): void;
}

/** Something that is not there: for those who may read the log, what became of it, and a way to bring it back. */
export function Gone({ kind, id, children, onRestored }: GoneProps) {
  const mayRead = useCan('READ_AUDIT');
  const { settings } = useViewer();
  const [result] = useQuery({ query: LastChange, variables: { filter: { entities: [kind], entityId: id, restorable: true } }, pause: !mayRead, requestPolicy: 'network-only' });
  const restoring = useRestore(onRestored);
  if (result.fetching) return <Page title={kindOf({ entity: kind })}><Skeleton height={240} /></Page>;
  const entry = getFragmentData(AuditEntryFields, result.data?.auditLog.nodes)?.[0];
  if (!entry) return <>{children}</>;
  return (
    <Page
      title={`${kindOf(entry)} deleted`}
      lead={`${thingName(entry)} (${id}) was deleted by ${whoWord(entry)} on ${format.instant(entry.at, settings.timezone)}.`}
    >
      <Card title="As it was" labelId="as-it-was" hint="Restoring brings it back with its id and its history.">
        <div className={classes['gone']}>
          <Changes entry={entry} onlyBefore />
          <RestoreButton entry={entry} restoring={restoring} />
        </div>
      </Card>
    </Page>
  );
}
