import 'react-data-grid/lib/styles.css';

import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import { type CellKeyboardEvent, type CellKeyDownArgs, DataGrid } from 'react-data-grid';

import { useOpen } from '../useOpen';
import { Cards } from './Cards';
import { toDataColumns, toSort, toSortColumns } from './columns';
import classes from './grid.module.css';
import { GridFoot } from './GridFoot';
import { fromWindow, nearEnd, rowHeight } from './size';
import type { GridColumn, Sort } from './types';
import type { Pages } from './usePages';

interface GridProps<Row> {
  /** Name of the rows: "Licences". */
  label: string;
  /** The columns to show, frozen ones first. */
  columns: readonly GridColumn<Row>[];
  pages: Pages<Row>;
  rowKey(row: Row): string;
  /** Where a row leads; absent: nowhere. */
  rowHref?(row: Row): string | undefined;
  sort: Sort;
  /** Null: back to the default ordering. */
  onSort(sort: Sort | null): void;
  /** What a tap on a card does, where rows are cards and the viewer may change them; absent: it opens the row. */
  onEdit?: ((row: Row) => void) | undefined;
  /** At most this many pixels; absent: what the window has left. */
  tallest?: number;
}

/** A grid over a connection: pages are appended on scroll, sorting happens on the server, rows are cards on a phone. */
export function Grid<Row>({ label, columns, pages, rowKey, rowHref, sort, onSort, onEdit, tallest }: GridProps<Row>) {
  const open = useOpen();
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const dataColumns = useMemo(() => toDataColumns(columns), [columns]);
  const { nodes, totalCount, loadMore } = pages;

  const follow = (row: Row, { ctrlKey, metaKey }: { ctrlKey: boolean; metaKey: boolean }) => {
    const href = rowHref?.(row);
    if (href) open(href, ctrlKey || metaKey);
  };
  const onCellKeyDown = (args: CellKeyDownArgs<Row>, event: CellKeyboardEvent) => {
    if (event.key !== 'Enter' || args.mode !== 'ACTIVE' || !args.row || !rowHref) return;
    // On a link or a button inside the cell Enter is its own.
    if (event.target instanceof Element && event.target.closest('a, button')) return;
    event.preventGridDefault();
    follow(args.row, event);
  };

  return (
    <div className={classes.frame} data-stale={pages.stale || undefined} aria-busy={pages.stale || pages.loadingMore}>
      {narrow ? (
        <Cards label={label} columns={columns} rows={nodes} rowKey={rowKey} rowHref={rowHref} onEdit={onEdit} few={tallest ? 5 : undefined} onEnd={loadMore} />
      ) : (
        <DataGrid
          className={classes.grid}
          // As tall as its rows, at most as tall as the window lets it be.
          style={{ blockSize: 'auto', maxBlockSize: tallest ? tallest : fromWindow }}
          aria-label={label}
          aria-rowcount={(totalCount ?? nodes.length) + 1}
          columns={dataColumns}
          rows={nodes}
          rowKeyGetter={rowKey}
          rowHeight={rowHeight}
          headerRowHeight={rowHeight}
          sortColumns={toSortColumns(columns, sort)}
          onSortColumnsChange={(marked) => onSort(toSort(columns, marked))}
          onCellDoubleClick={({ row }, event) => follow(row, event)}
          onCellKeyDown={onCellKeyDown}
          onScroll={(event) => nearEnd(event) && loadMore()}
        />
      )}
      <GridFoot pages={pages} />
    </div>
  );
}
