import { type ReactNode, useId } from 'react';

import { Card } from '../../ui/Card';
import { Grid } from '../../ui/grid/Grid';
import type { GridColumn, Sort } from '../../ui/grid/types';
import type { Pages } from '../../ui/grid/usePages';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';

interface ListCardProps<Row> {
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  columns: readonly GridColumn<Row>[];
  pages: Pages<Row>;
  rowKey(row: Row): string;
  rowHref?(row: Row): string;
  sort: Sort;
  onSort(sort: Sort | null): void;
  /** What an empty list says. */
  empty: string;
}

/** A card with the rows of one owner, in every state it can be in. */
export function ListCard<Row>({ title, hint, action, columns, pages, rowKey, rowHref, sort, onSort, empty }: ListCardProps<Row>) {
  const labelId = useId();
  return (
    <Card title={title} hint={hint} action={action} labelId={labelId}>
      {pages.error && <ErrorCard what={title} error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={180} />}
      {pages.totalCount === 0 && !pages.error && <Empty title={empty} />}
      {pages.nodes.length > 0 && (
        <Grid label={title} columns={columns} pages={pages} rowKey={rowKey} rowHref={rowHref} sort={sort} onSort={onSort} tallest={420} />
      )}
    </Card>
  );
}
