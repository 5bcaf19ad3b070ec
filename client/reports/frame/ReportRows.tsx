import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';

import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { format } from '../../ui/format';
import { Cards } from '../../ui/grid/Cards';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import type { GridColumn, Sort } from '../../ui/grid/types';
import { useExport } from '../../ui/grid/useExport';
import { type Connection, type PageVariables, usePages } from '../../ui/grid/usePages';
import { ErrorCard, Skeleton } from '../../ui/states';
import classes from './ReportRows.module.css';
import { usePrintPreparation } from './print';
import { RowsTable } from './RowsTable';

/** Rows a page. */
const pageSize = 50;
/** As many rows as are worth paper; the others are in the file. */
const mostPrinted = 500;

interface ReportRowsProps<Data, Variables extends AnyVariables & PageVariables, Row> {
  /** Name of the rows: "Lines". */
  title: string;
  hint?: ReactNode;
  /** Takes `$first: Int!, $after: String, $withTotal: Boolean!` besides its own variables. */
  query: TypedDocumentNode<Data, Variables>;
  variables: Omit<Variables, keyof PageVariables>;
  /** A constant function. */
  pick(data: Data): Connection<Row> | null | undefined;
  /** `sortKey` where the server sorts; `card` is the place on a phone: one title, one badge, a few fields. */
  columns: readonly GridColumn<Row>[];
  rowKey(row: Row): string;
  /** Where a row leads; the link is on its first column. */
  rowHref?(row: Row): string | undefined;
  /** Name of the file without its ending, with the day: `renewals 2026-04-13`. */
  csvName: string;
  sort?: Sort;
  /** Null: back to the default ordering. */
  onSort?(sort: Sort | null): void;
  /** Chips and choices that filter the rows alone. */
  toolbar?: ReactNode;
  empty: ReactNode;
}

/** The rows of a report: paged along their cursor, sorted by the server, all of them in a file, up to 500 on paper. */
export function ReportRows<Data, Variables extends AnyVariables & PageVariables, Row>(props: ReportRowsProps<Data, Variables, Row>) {
  const { title, query, variables, pick, columns, rowKey, rowHref, csvName, sort, onSort } = props;
  const labelId = useId();
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const pages = usePages(query, variables, pick, pageSize);
  const file = useExport({ query, variables, pick, columns, name: csvName });
  usePrintPreparation(() => pages.readTo(mostPrinted));
  const { nodes, totalCount, hasMore } = pages;

  function content(): ReactNode {
    if (pages.error && nodes.length === 0) return <ErrorCard what={title} error={pages.error} retry={pages.reload} />;
    if (pages.loading) return <Skeleton height={320} />;
    if (nodes.length === 0) return props.empty;
    return (
      <div className={classes['rows']} data-stale={pages.stale || undefined} aria-busy={pages.stale || pages.loadingMore}>
        {narrow ? (
          <Cards label={title} columns={columns} rows={nodes} rowKey={rowKey} rowHref={rowHref} few={10} onEnd={pages.loadMore} />
        ) : (
          <RowsTable label={title} columns={columns} rows={nodes} rowKey={rowKey} rowHref={rowHref} sort={sort} onSort={onSort} />
        )}
        <div className={classes['foot']}>
          <span role="status">{totalCount === undefined ? '' : `${format.integer(nodes.length)} of ${format.integer(totalCount)} rows`}</span>
          {hasMore && !narrow && (
            <span data-print="off">
              <Button onClick={pages.loadMore} disabled={pages.loadingMore}>
                Show {pageSize} more
              </Button>
            </span>
          )}
          {hasMore && <span className="sw-print-only">The other rows are in the exported file.</span>}
          {pages.error && <span role="alert">More rows could not be loaded. Try again.</span>}
        </div>
      </div>
    );
  }

  return (
    <div className={classes['card']}>
      <Card
        labelId={labelId}
        title={title}
        hint={props.hint}
        toolbar={props.toolbar}
        action={<ExportMenu {...file} of={title} />}
      >
        {content()}
      </Card>
    </div>
  );
}
