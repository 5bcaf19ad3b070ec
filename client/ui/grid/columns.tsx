import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Column as DataColumn, SortColumn } from 'react-data-grid';

import classes from './grid.module.css';
import type { GridColumn, Sort } from './types';

function Heading({ text, numeric, direction }: { text: string; numeric: boolean; direction: 'ASC' | 'DESC' | undefined }) {
  const Arrow = direction === 'ASC' ? IconArrowUp : IconArrowDown;
  return (
    <div className={classes.head} data-numeric={numeric || undefined}>
      <span title={text}>{text}</span>
      {direction && <Arrow aria-hidden size={14} />}
    </div>
  );
}

/** Our columns as react-data-grid wants them. */
export function toDataColumns<Row>(columns: readonly GridColumn<Row>[]): DataColumn<Row>[] {
  return columns.map((column) => ({
    key: column.key,
    name: column.header,
    width: column.width,
    minWidth: 56,
    frozen: column.frozen ? 'start' : column.fixed ? 'end' : false,
    resizable: !column.fixed,
    sortable: column.sortKey !== undefined,
    cellClass: column.numeric ? classes.numeric : undefined,
    renderCell: ({ row, tabIndex }) => (column.cell ? column.cell(row, tabIndex) : column.value(row) ?? '–'),
    renderHeaderCell: ({ sortDirection }) => column.fixed ? <span className="sw-visually-hidden">{column.header}</span> : <Heading text={column.header} numeric={column.numeric === true} direction={sortDirection} />,
  }));
}

/** The server's ordering as the grid marks it. */
export function toSortColumns<Row>(columns: readonly GridColumn<Row>[], sort: Sort): SortColumn[] {
  const column = columns.find((one) => one.sortKey === sort.field);
  return column ? [{ columnKey: column.key, direction: sort.direction }] : [];
}

/** The grid's mark as an ordering; the third click takes the mark away, which reads as "back to the default". */
export function toSort<Row>(columns: readonly GridColumn<Row>[], marked: readonly SortColumn[]): Sort | null {
  const last = marked.at(-1);
  const field = columns.find((column) => column.key === last?.columnKey)?.sortKey;
  return last && field ? { field, direction: last.direction } : null;
}
