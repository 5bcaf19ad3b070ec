import { IconChartBar, IconInfoCircle, IconTable } from '@tabler/icons-react';
import { type ReactNode, Suspense, useId, useRef } from 'react';
import type { CombinedError } from 'urql';

import { IconButton } from '../Button';
import { Card } from '../Card';
import type { Column } from '../columns';
import { DataTable } from '../DataTable';
import { ErrorBoundary } from '../ErrorBoundary';
import { ErrorCard, Skeleton } from '../states';
import { type DescribedField, Term } from '../Term';
import classes from './ChartCard.module.css';
import { ChartMenu } from './ChartMenu';
import { useTableView } from './useTableView';

interface ChartCardProps<Row> {
  /** Key of the card in the URL: `table=revenue` shows its rows instead of its chart. */
  id: string;
  /** The question that the chart answers. */
  title: string;
  /** What the chart shows, as a noun: for the message when it cannot be loaded. */
  subject?: string;
  /** Whose definition the title shows. */
  field?: DescribedField;
  hint?: ReactNode;
  action?: ReactNode;
  /** The rows drawn, for the table and the file. */
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey?: (row: Row) => string;
  csvName: string;
  rowsHref?: string;
  /** Height kept free until the chart is there. */
  height: number;
  loading: boolean;
  /** Old figures, dimmed until the new ones are there. */
  stale?: boolean;
  error?: CombinedError | undefined;
  retry?: () => void;
  /** Shown instead of the chart when there are no rows. */
  empty: ReactNode;
  children: ReactNode;
  /** Below chart and table alike. */
  footer?: ReactNode;
}

/** The definition behind a chart, one press away. */
function Definition({ field, of }: { field: DescribedField; of: string }) {
  return (
    <Term field={field} plain label={`Definition: ${of}`}>
      <IconInfoCircle size={16} stroke={1.8} />
    </Term>
  );
}

/** A chart with its question, definition, table view and downloads, in every state it can be in. */
export function ChartCard<Row>(props: ChartCardProps<Row>) {
  const { id, title, field, hint, action, columns, rows, csvName, height, loading, error } = props;
  const labelId = useId();
  const body = useRef<HTMLDivElement>(null);
  const [table, setTable] = useTableView(id);
  const usable = !loading && !error && rows.length > 0;

  function content(): ReactNode {
    if (error && rows.length === 0) return <ErrorCard what={props.subject ?? title} error={error} {...(props.retry ? { retry: props.retry } : {})} />;
    if (loading) return <Skeleton height={height} />;
    if (rows.length === 0) return props.empty;
    if (table) {
      return <DataTable columns={columns} rows={rows} caption={title} maxHeight={Math.max(height, 320)} {...(props.rowKey ? { rowKey: props.rowKey } : {})} />;
    }
    return (
      <ErrorBoundary what={props.subject ?? title} resetKey={rows}>
        <Suspense fallback={<Skeleton height={height} />}>{props.children}</Suspense>
      </ErrorBoundary>
    );
  }

  return (
    <Card
      labelId={labelId}
      title={title}
      {...(field ? { definition: <Definition field={field} of={title} /> } : {})}
      hint={hint}
      toolbar={action}
      action={
        <>
          <IconButton
            label={table ? 'Show as chart' : 'Show as table'}
            aria-pressed={table}
            disabled={!usable}
            onClick={() => setTable(!table)}
          >
            {table ? <IconChartBar size={18} stroke={1.6} /> : <IconTable size={18} stroke={1.6} />}
          </IconButton>
          <ChartMenu
            title={title}
            csvName={csvName}
            columns={columns}
            rows={rows}
            body={body}
            {...(props.rowsHref === undefined ? {} : { rowsHref: props.rowsHref })}
          />
        </>
      }
    >
      <div ref={body} className={classes['body']} data-stale={props.stale || undefined} aria-busy={loading || props.stale || undefined}>
        {content()}
      </div>
      {usable && props.footer && <div className={classes['footer']}>{props.footer}</div>}
    </Card>
  );
}
