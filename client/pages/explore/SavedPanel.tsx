import { IconTrash, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import { IconButton } from '../../ui/Button';
import { SearchBox } from '../../ui/filters/SearchBox';
import { ErrorCard, Skeleton } from '../../ui/states';
import { DeleteDialog } from '../forms/DeleteDialog';
import classes from './explore.module.css';
import { DeleteSavedQuery, SavedQueriesQuery, type SavedQuery, SavedQueryFields } from './queries';

const PAGE = 100;

/** Queries that were kept: one's own and those that others share. */
export function SavedPanel({ opened, onOpen, onDeleted }: {
  /** Id of the query in the editors. */
  opened: string | null;
  onOpen(saved: SavedQuery): void;
  onDeleted(id: string): void;
}) {
  const [search, setSearch] = useState('');
  const [deleting, setDeleting] = useState<SavedQuery | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({ query: SavedQueriesQuery, variables: { first: PAGE, filter: { search } } });
  const [, remove] = useMutation(DeleteSavedQuery);
  const list = (data?.savedQueries.nodes ?? []).map((node) => getFragmentData(SavedQueryFields, node));
  const again = () => reload({ requestPolicy: 'network-only' });
  return (
    <div className={classes['panelBody']}>
      <SearchBox label="Search kept queries" value={search} onChange={setSearch} />
      {error && !data && <ErrorCard what="Kept queries" error={error} retry={again} />}
      {!data && fetching && <Skeleton height={120} />}
      {data && list.length === 0 && <p className={classes['note']}>{search === '' ? 'Nothing kept yet. Write a query, run it, and keep it.' : 'No kept query has this text.'}</p>}
      <ul className={classes['list']} aria-label="Kept queries">
        {list.map((saved) => (
          <li key={saved.id} data-current={saved.id === opened || undefined}>
            <button type="button" className={classes['entry']} aria-current={saved.id === opened || undefined} onClick={() => onOpen(saved)}>
              <span className={classes['entryName']}>{saved.name}</span>
              {saved.description && <span className={classes['entryText']}>{saved.description}</span>}
              <span className={classes['entryMeta']}>
                {saved.shared && <IconUsers aria-hidden size={14} />}
                {saved.own ? (saved.shared ? 'Yours, shared' : 'Yours') : `Shared by ${saved.ownerName ?? 'an account that is gone'}`}
              </span>
            </button>
            {saved.mayChange && <IconButton label={`Delete ${saved.name}`} onClick={() => setDeleting(saved)}><IconTrash aria-hidden size={16} /></IconButton>}
          </li>
        ))}
      </ul>
      {data?.savedQueries.pageInfo.hasNextPage && <p className={classes['note']}>The first {PAGE} are shown. Search for the others.</p>}
      <DeleteDialog
        opened={deleting !== null} title={`Delete ${deleting?.name ?? ''}?`} verb="Delete query" onClose={() => setDeleting(null)}
        onDelete={async () => {
          const { id = '', etag = '' } = deleting ?? {};
          const answer = await remove({ id, etag }, channel('FORM'));
          return { error: answer.error, userErrors: answer.data?.deleteSavedQuery.userErrors };
        }}
        onDeleted={() => {
          if (deleting) onDeleted(deleting.id);
          setDeleting(null);
          again();
        }}
      >
        <p>{deleting?.shared ? 'Nobody can open it any more. What it asked stays in the history.' : 'What it asked stays in the history.'}</p>
      </DeleteDialog>
    </div>
  );
}
