import { useMediaQuery } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';

import { download } from '../../api/download';
import type { ImportErrorsQuery } from '../../api/generated/graphql';
import { RowsTable } from '../../reports/frame/RowsTable';
import { Button } from '../../ui/Button';
import { saveFile } from '../../ui/files';
import { format } from '../../ui/format';
import { Cards } from '../../ui/grid/Cards';
import type { GridColumn } from '../../ui/grid/types';
import { type Connection, usePages } from '../../ui/grid/usePages';
import { ErrorCard, Skeleton } from '../../ui/states';
import { Choice } from './Choice';
import classes from './imports.module.css';
import { type Check, type Import, ImportErrors, type Reason } from './queries';
import { codeWord } from './words';

type Checked = NonNullable<NonNullable<ImportErrorsQuery['importJob']>['check']>;
type CellError = Checked['errors']['nodes'][number];
type Line = CellError & { key: string };

const shownAtOnce = 50;
const pick = ({ importJob }: ImportErrorsQuery): Connection<Line> | null => {
  const errors = importJob?.check?.errors;
  return errors ? { ...errors, nodes: errors.nodes.map((error, index) => ({ ...error, key: `${error.row} ${error.column ?? ''} ${error.code} ${index}` })) } : null;
};
const rowKey = ({ key }: Line) => key;

const columns: readonly GridColumn<Line>[] = [
  { key: 'row', header: 'Row', numeric: true, card: 'title', value: ({ row }) => `Row ${row}`, cell: ({ row }) => format.integer(row) },
  { key: 'column', header: 'Column', card: 'field', value: ({ column }) => column ?? null },
  { key: 'value', header: 'Value', card: 'field', value: ({ value }) => value ?? null, cell: ({ value }) => (value === '' ? <i>empty</i> : (value ?? '–')) },
  { key: 'code', header: 'Reason', card: 'badge', value: ({ code }) => codeWord[code] },
  { key: 'message', header: 'In words', card: 'field', value: ({ message }) => message, cell: ({ message }) => <span className={classes['message']}>{message}</span> },
];

const groupKey = ({ column, code }: Pick<Reason, 'column' | 'code'>) => JSON.stringify([column, code]);

/** Errors cell by cell, in the order of the file, of all reasons or one; all of them as a file. */
export function Errors({ job: { id, fileName }, check }: { job: Import; check: Check }) {
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const [group, setGroup] = useState('');
  const [problem, setProblem] = useState('');
  const reason = check.reasons.find((one) => groupKey(one) === group);
  const variables = useMemo(() => ({ id, column: reason?.column ?? null, code: reason?.code ?? null }), [id, reason]);
  const pages = usePages(ImportErrors, variables, pick, shownAtOnce);
  const { nodes, totalCount } = pages;
  const save = async () => {
    setProblem('');
    try {
      saveFile(`errors of ${fileName.replace(/\.\w+$/, '')}.csv`, await download(`/imports/${id}/errors.csv`, () => {}, new AbortController().signal));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The errors could not be downloaded.');
    }
  };
  const groups = [{ value: '', label: 'All reasons' }, ...check.reasons.map((one) => ({ value: groupKey(one), label: `${one.column ?? 'The row as a whole'}: ${codeWord[one.code]} (${format.integer(one.count)})` }))];
  return (
    <section aria-labelledby="errors" className={classes['part']}>
      <div className={classes['bar']}>
        <h3 id="errors">Errors, cell by cell</h3>
        <Choice label="Reason" quiet value={reason ? group : ''} options={groups} onChange={setGroup} />
        <Button onClick={() => void save()}><IconDownload aria-hidden size={16} />Errors as CSV</Button>
      </div>
      {problem && <p role="alert">{problem}</p>}
      {pages.error && <ErrorCard what="The errors" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={240} />}
      {narrow
        ? <Cards label="Errors" columns={columns} rows={nodes} rowKey={rowKey} few={10} onEnd={pages.loadMore} />
        : nodes.length > 0 && <div className={classes['errors']}><RowsTable label="Errors" columns={columns} rows={nodes} rowKey={rowKey} /></div>}
      <div className={classes['foot']}>
        <span role="status">{totalCount === undefined ? '' : `${format.integer(nodes.length)} of ${format.integer(totalCount)} errors`}</span>
        {pages.hasMore && !narrow && <Button onClick={pages.loadMore} disabled={pages.loadingMore}>Show more</Button>}
      </div>
    </section>
  );
}
