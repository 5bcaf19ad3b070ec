import type { ReactNode } from 'react';

import type { Column } from '../columns';
import type { CellEdit } from './editing/types';

/** One column of a grid; `cell` gets the tab index of its cell for the links inside, so that the grid stays one tab stop. */
export interface GridColumn<Row> extends Column<Row> {
  cell?(row: Row, tabIndex?: number): ReactNode;
  /** Name of the server's ordering; absent: the column is not sortable. */
  sortKey?: string;
  /** Pixels, or a track of CSS grid: `minmax(180px, 1fr)` takes what is left. */
  width?: number | string;
  /** Stays at the left while the others scroll; frozen columns lead and cannot be hidden. */
  frozen?: boolean;
  /** Stays at the right: the actions of a row. */
  fixed?: boolean;
  /** Hidden until chosen. */
  optional?: boolean;
  /** How its cells are edited, where the viewer may; absent: not at all. */
  edit?: CellEdit | undefined;
  /** Place on the card that stands for the row on a phone. */
  card?: 'title' | 'badge' | 'field';
}

/** An ordering by one column, as the server understands it. */
export interface Sort {
  field: string;
  direction: 'ASC' | 'DESC';
}
