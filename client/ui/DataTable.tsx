import type { Column } from './columns';
import classes from './DataTable.module.css';

/** A plain table: the same rows a chart draws or a file holds. */
export function DataTable<Row>({
  columns,
  rows,
  caption,
  rowKey,
  maxHeight,
}: {
  columns: Column<Row>[];
  rows: readonly Row[];
  caption: string;
  rowKey?: (row: Row) => string;
  maxHeight?: number;
}) {
  return (
    <div className={classes['frame']} style={maxHeight ? { maxHeight } : undefined} tabIndex={0} role="region" aria-label={`Rows: ${caption}`}>
      <table className={classes['table']}>
        <caption className="sw-visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-numeric={column.numeric || undefined}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey ? rowKey(row) : index}>
              {columns.map((column) => (
                <td key={column.key} data-numeric={column.numeric || undefined}>
                  {column.cell ? column.cell(row) : (column.value(row) ?? '–')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
