import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { Link } from 'react-router';

import { useReachable } from '../../ui/embedding';
import type { GridColumn, Sort } from '../../ui/grid/types';
import classes from './ReportRows.module.css';

interface RowsTableProps<Row> {
  label: string;
  columns: readonly GridColumn<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  rowHref?: ((row: Row) => string | undefined) | undefined;
  sort?: Sort | undefined;
  onSort?: ((sort: Sort | null) => void) | undefined;
}

const spoken = { ASC: 'ascending', DESC: 'descending' } as const;

/** The ordering after a press: figures start with the largest, names with the first letter; the third press goes back. */
function next<Row>(column: GridColumn<Row>, current: Sort | undefined): Sort | null {
  const field = column.sortKey ?? '';
  const start = column.numeric ? 'DESC' : 'ASC';
  if (current?.field !== field) return { field, direction: start };
  return current.direction === start ? { field, direction: start === 'ASC' ? 'DESC' : 'ASC' } : null;
}

function Heading<Row>({ column, sort, onSort }: { column: GridColumn<Row>; sort: Sort | undefined; onSort: RowsTableProps<Row>['onSort'] }) {
  const direction = column.sortKey !== undefined && sort?.field === column.sortKey ? sort.direction : undefined;
  const Arrow = direction === 'ASC' ? IconArrowUp : IconArrowDown;
  const sortable = column.sortKey !== undefined && onSort;
  return (
    <th scope="col" data-numeric={column.numeric || undefined} aria-sort={direction ? spoken[direction] : undefined}>
      {sortable ? (
        <button type="button" className={classes['sort']} onClick={() => onSort(next(column, sort))}>
          {column.header}
          {direction && <Arrow aria-hidden size={14} />}
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

function shown<Row>(column: GridColumn<Row>, row: Row) {
  return column.cell ? column.cell(row) : (column.value(row) ?? '–');
}

/** A table that prints: its head repeats on every page, and no row is left to scrolling. */
export function RowsTable<Row>({ label, columns: all, rows, rowKey, rowHref, sort, onSort }: RowsTableProps<Row>) {
  const reachable = useReachable();
  // What a cell says with its neighbour, such as the currency of an amount, is a column of its own in files only.
  const columns = all.filter((column) => !column.optional);
  return (
    <div className={classes['frame']} tabIndex={0} role="region" aria-label={`Rows: ${label}`}>
      <table className={classes['table']}>
        <caption className="sw-visually-hidden">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const href = reachable(rowHref?.(row));
            return (
              <tr key={rowKey(row)}>
                {columns.map((column, index) => (
                  <td key={column.key} data-numeric={column.numeric || undefined}>
                    {index === 0 && href ? <Link to={href}>{shown(column, row)}</Link> : shown(column, row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
