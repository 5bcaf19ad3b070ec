import type { Column } from '../../ui/columns';
import type { Cell, FlatTable } from './flatten';

/** The columns of a flat table, for screen and files alike: what the API answered, unrounded. */
export function fileColumns(table: FlatTable): Column<readonly Cell[]>[] {
  return table.columns.map(({ path, kind }, index) => ({
    key: path,
    header: path,
    numeric: kind === 'number',
    value: (row) => {
      const cell = row[index] ?? null;
      return typeof cell === 'boolean' ? String(cell) : cell;
    },
  }));
}
