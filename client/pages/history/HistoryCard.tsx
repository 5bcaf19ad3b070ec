import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { TypedDocumentNode } from 'urql';

import { useCan } from '../../api/session';
import { ButtonLink } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { type Connection, type PageVariables, usePages } from '../../ui/grid/usePages';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { Entries } from './Entries';
import type { Change, Entry } from './queries';

const shownAtOnce = 10;

interface HistoryCardProps<Data> {
  /** Name of the kind in the log. */
  kind: 'License' | 'Company' | 'Partner';
  id: string;
  query: TypedDocumentNode<Data, PageVariables & { id: string }>;
  pick(data: Data): Connection<Entry> | null;
  /** The row as it is shown: when it changes, so has the history. */
  version: string;
  /** A button beside a field of an open change. */
  action?: (entry: Entry, change: Change) => ReactNode;
  /** Above the changes: what the action has to say. */
  notice?: ReactNode;
}

/** The changes of one thing on its own page. */
export function HistoryCard<Data>({ kind, id, query, pick, version, action, notice }: HistoryCardProps<Data>) {
  const mayReadAll = useCan('READ_AUDIT');
  const pages = usePages(query, useMemo(() => ({ id }), [id]), pick, shownAtOnce);
  const read = useRef(version);
  const { reload } = pages;
  useEffect(() => {
    if (read.current === version) return;
    read.current = version;
    reload();
  }, [version, reload]);
  return (
    <Card
      title="History" labelId="history" hint="Who changed what, the latest first. Changes made by other applications leave no trace here."
      action={mayReadAll && <ButtonLink to={`/history?kind=${kind}&id=${id}`}>Open in history</ButtonLink>}
    >
      {notice}
      {pages.error && <ErrorCard what="The history" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={120} />}
      {pages.totalCount === 0 && !pages.error && <Empty title="No change is recorded yet" />}
      {pages.nodes.length > 0 && <Entries label="History" pages={pages} {...(action && { action })} />}
    </Card>
  );
}
