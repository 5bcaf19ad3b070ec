import 'react-data-grid/lib/styles.css';

import { useMediaQuery } from '@mantine/hooks';
import { type UIEvent, useMemo } from 'react';
import { type CellKeyboardEvent, type CellKeyDownArgs, DataGrid } from 'react-data-grid';

import { format } from '../format';
import { useOpen } from '../useOpen';
import { Cards } from './Cards';
import { toDataColumns, toSort, toSortColumns } from './columns';
import classes from './grid.module.css';
import type { GridColumn, Sort } from './types';
import { mostRows, type Pages } from './usePages';

const rowHeight = 36;
/** What the page's head, filters and foot leave of the window. */
const fromWindow = 'max(360px, calc(100dvh - 264px))';
/** Rows before the end at which the next page is asked for. */
const ahead = 40;

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
  /** At most this many pixels; absent: what the window has left. */
  tallest?: number;
}

/** A grid over a connection: pages are appended on scroll, sorting happens on the server, rows are cards on a phone. */
export function Grid<Row>({ label, columns, pages, rowKey, rowHref, sort, onSort, tallest }: GridProps<Row>) {
  const open = useOpen();
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const dataColumns = useMemo(() => toDataColumns(columns), [columns]);
  const { nodes, totalCount, loadMore } = pages;

  const onScroll = ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: UIEvent<HTMLDivElement>) => {
    if (scrollTop + clientHeight > scrollHeight - ahead * rowHeight) loadMore();
  };
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
        <Cards label={label} columns={columns} rows={nodes} rowKey={rowKey} rowHref={rowHref} few={tallest ? 5 : undefined} onEnd={loadMore} />
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
          onScroll={onScroll}
        />
      )}
      <div className={classes.foot} role="status">
        <span>
          {totalCount === undefined ? '' : `${format.integer(nodes.length)} of ${format.integer(totalCount)} rows`}
          {pages.loadingMore && nodes.length > 0 ? ' · loading more' : ''}
        </span>
        {nodes.length >= mostRows && pages.hasMore && <span>{format.integer(mostRows)} rows are loaded. Filter to narrow the list.</span>}
      </div>
    </div>
  );
}
