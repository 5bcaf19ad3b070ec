import { IconCaretRight, IconPencil, IconPlus, IconRefresh, IconRotate2, IconTrash, IconUpload } from '@tabler/icons-react';
import { Fragment, type ReactNode, useState } from 'react';
import { Link } from 'react-router';

import type { AuditAction } from '../../api/generated/graphql';
import { useViewer } from '../../api/session';
import { ToneBadge } from '../../reports/frame/Badge';
import { Button } from '../../ui/Button';
import { format } from '../../ui/format';
import type { Pages } from '../../ui/grid/usePages';
import { Changes } from './Changes';
import classes from './history.module.css';
import type { Change, Entry } from './queries';
import { actionWord, channelWord, kindOf, summary, thingHref, thingName, whoWord } from './words';

const look: Record<AuditAction, { icon: typeof IconPlus; tone: string }> = {
  CREATE: { icon: IconPlus, tone: 'well' }, UPDATE: { icon: IconPencil, tone: 'scheduled' }, DELETE: { icon: IconTrash, tone: 'over' },
  RESTORE: { icon: IconRotate2, tone: 'well' }, LOAD: { icon: IconUpload, tone: 'scheduled' }, SYNC: { icon: IconRefresh, tone: 'expired' },
};

interface EntriesProps {
  label: string;
  pages: Pages<Entry>;
  /** Say of each change what it is about: where several things are listed. */
  things?: boolean;
  /** Shown below the fields of an open change. */
  footer?: (entry: Entry) => ReactNode;
  /** A button beside a field of an open change. */
  action?: (entry: Entry, change: Change) => ReactNode;
}

function Thing({ entry }: { entry: Entry }) {
  const href = entry.action === 'DELETE' && entry.restorable ? undefined : thingHref(entry);
  const name = thingName(entry);
  return (
    <>
      {href ? <Link to={href}>{name}</Link> : name}
      <span className={classes['under']}>{kindOf(entry)} {entry.label != null && entry.entityId}</span>
    </>
  );
}

/** Where the change came from, for whoever looks into it. */
function Origin({ entry }: { entry: Entry }) {
  return (
    <p className={classes['origin']}>
      {entry.by && <span>{entry.by}</span>}
      {entry.token && <span>With the token {entry.token}</span>}
      {entry.importId && <span>Import <Link to={`/imports/${entry.importId}`}>{entry.importId}</Link> · <Link to={`/history?import=${entry.importId}`}>its changes</Link></span>}
      <span>Request <code>{entry.requestId}</code></span>
    </p>
  );
}

/** Changes, the latest first, each to be opened to its fields before and after. */
export function Entries({ label, pages, things = false, footer, action }: EntriesProps) {
  const { settings } = useViewer();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => setOpen((before) => {
    const next = new Set(before);
    if (!next.delete(id)) next.add(id);
    return next;
  });
  const { nodes, totalCount } = pages;
  return (
    <div className={classes['frame']} data-stale={pages.stale || undefined} aria-busy={pages.stale || pages.loadingMore}>
      <table className={classes['entries']} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">When</th><th scope="col">Who</th><th scope="col">Done</th>{things && <th scope="col">What</th>}<th scope="col">Changes</th><th scope="col">Through</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((entry) => {
            const isOpen = open.has(entry.id);
            return (
              <Fragment key={entry.id}>
                <tr className={classes['entry']} data-open={isOpen || undefined}>
                  <td className={classes['when']}>
                    <button type="button" aria-expanded={isOpen} onClick={() => toggle(entry.id)}>
                      <IconCaretRight aria-hidden size={14} />
                      <time dateTime={entry.at} title={`${entry.at}, shown in ${settings.timezone}`}>{format.instant(entry.at, settings.timezone)}</time>
                    </button>
                  </td>
                  <td className={classes['who']} title={entry.by ?? undefined}>{whoWord(entry)}</td>
                  <td><ToneBadge {...look[entry.action]} word={actionWord[entry.action]} /></td>
                  {things && <td className={classes['thing']}><Thing entry={entry} /></td>}
                  <td className={classes['summary']}>{summary(entry)}</td>
                  <td>{channelWord[entry.via]}</td>
                </tr>
                {isOpen && (
                  <tr className={classes['detail']}>
                    <td colSpan={things ? 6 : 5}>
                      <Changes entry={entry} action={action} />
                      {footer?.(entry)}
                      <Origin entry={entry} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      <div className={classes['foot']} role="status">
        {totalCount !== undefined && <span>{format.integer(nodes.length)} of {format.integer(totalCount)} {totalCount === 1 ? 'change' : 'changes'}</span>}
        {pages.hasMore && <Button onClick={pages.loadMore} disabled={pages.loadingMore}>{pages.loadingMore ? 'Loading' : 'Show more'}</Button>}
      </div>
    </div>
  );
}
