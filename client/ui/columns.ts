import type { ReactNode } from 'react';

/** One column of a table and of its CSV. */
export interface Column<Row> {
  key: string;
  header: string;
  /** The exact value, for files: unrounded, unformatted. */
  value(row: Row): string | number | null;
  /** What the table shows; absent: the value. */
  cell?(row: Row): ReactNode;
  /** Right-aligned figures. */
  numeric?: boolean;
}
