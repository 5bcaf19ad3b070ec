import { useMediaQuery } from '@mantine/hooks';
import { Link } from 'react-router';

import { RowsTable } from '../../reports/frame/RowsTable';
import { format } from '../../ui/format';
import { Cards } from '../../ui/grid/Cards';
import type { GridColumn } from '../../ui/grid/types';
import { fieldWord, valueWord } from '../history/words';
import classes from './imports.module.css';
import type { Check } from './queries';
import { toWrite } from './words';

type Money = NonNullable<Check['money']>[number];
type Preview = Check['preview'][number];
type Change = Preview['changes'][number];

const moneyColumns: readonly GridColumn<Money>[] = [
  { key: 'currency', header: 'Currency', card: 'title', value: ({ currency }) => currency },
  { key: 'before', header: 'Annual value before', numeric: true, card: 'field', value: ({ before }) => before.amount, cell: ({ before }) => format.money(before, { code: true }) },
  { key: 'after', header: 'After', numeric: true, card: 'field', value: ({ after }) => after.amount, cell: ({ after }) => format.money(after, { code: true }) },
];

/** A field of a new row says its value, of a changed one the value before as well. */
function Changes({ changes, isNew }: { changes: readonly Change[]; isNew: boolean }) {
  return (
    <ul className={classes['changes']}>
      {changes.filter(({ after }) => !isNew || after != null).map(({ field, before, after, beforeLabel, afterLabel }) => (
        <li key={field}>
          <span className={classes['muted']}>{fieldWord(field)}</span>{' '}
          {!isNew && <><s>{valueWord(before, beforeLabel)}</s> → </>}{valueWord(after, afterLabel)}
        </li>
      ))}
    </ul>
  );
}

const previewColumns: readonly GridColumn<Preview>[] = [
  { key: 'row', header: 'Row', numeric: true, card: 'title', value: ({ row }) => `Row ${row}`, cell: ({ row }) => format.integer(row) },
  {
    key: 'effect', header: 'Effect', card: 'badge', value: ({ targetId }) => (targetId == null ? 'New' : `Changes ${targetId}`),
    cell: ({ targetId }) => (targetId == null ? 'New' : `Changes ${targetId}`),
  },
  { key: 'changes', header: 'Fields', card: 'field', value: () => null, cell: ({ changes, targetId }) => <Changes changes={changes} isNew={targetId == null} /> },
];
const previewKey = ({ row }: Preview) => String(row);

/** What would be written: money per currency, and the first rows field by field. */
export function Effect({ check }: { check: Check }) {
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const money = check.money ?? [];
  if (toWrite(check) === 0) return null;
  return (
    <>
      {money.length > 0 && (
        <section aria-labelledby="money" className={classes['part']}>
          <h3 id="money">Money of the rows that would be written</h3>
          {narrow
            ? <Cards label="Annual value by currency" columns={moneyColumns} rows={money} rowKey={({ currency }) => currency} onEnd={() => {}} />
            : <RowsTable label="Annual value by currency" columns={moneyColumns} rows={money} rowKey={({ currency }) => currency} />}
        </section>
      )}
      {check.preview.length > 0 && (
        <section aria-labelledby="preview" className={classes['part']}>
          <h3 id="preview">{check.preview.length < toWrite(check) ? `The first ${format.integer(check.preview.length)} rows that would be written` : 'Rows that would be written'}</h3>
          {narrow
            ? <Cards label="Rows that would be written" columns={previewColumns} rows={check.preview} rowKey={previewKey} few={5} onEnd={() => {}} />
            : <div className={classes['preview']}><RowsTable label="Rows that would be written" columns={previewColumns} rows={check.preview} rowKey={previewKey} /></div>}
        </section>
      )}
    </>
  );
}

/** Where the rows of a kind are looked at, and the changes that an import made to them. */
export function RowLinks({ subject, id, mayReadLog }: { subject: 'LICENSES' | 'COMPANIES' | 'PARTNERS'; id: string; mayReadLog: boolean }) {
  const list = { LICENSES: ['/licences?sort=ID.desc', 'licences'], COMPANIES: ['/companies', 'companies'], PARTNERS: ['/partners', 'partners'] }[subject];
  return (
    <span className={classes['links']}>
      {mayReadLog && <Link to={`/history?import=${id}`}>Every row that it wrote, in the history</Link>}
      <Link to={list[0] ?? '/'}>Open the {list[1]}</Link>
    </span>
  );
}
