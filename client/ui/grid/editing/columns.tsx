import type { Column as DataColumn } from 'react-data-grid';

import { toDataColumns } from '../columns';
import type { GridColumn } from '../types';
import { CellContent } from './CellContent';
import { CellEditor } from './CellEditor';
import { checkColumn } from './RowCheck';
import type { RowEditing } from './types';

/** Our columns as react-data-grid wants them where cells can be edited: a checkbox before them, editors in those that have one. */
export function toEditableColumns<Row>(
  columns: readonly GridColumn<Row>[], { one, many }: RowEditing<Row>, rowKey: (row: Row) => string,
): DataColumn<Row>[] {
  const shown = toDataColumns(columns).map((column, index): DataColumn<Row> => {
    const own = columns[index];
    return {
      ...column,
      renderCell: (props) => (
        <CellContent columnKey={props.column.key} columnIndex={props.column.idx} rowIndex={props.rowIdx}>{column.renderCell?.(props)}</CellContent>
      ),
      ...(own?.edit ? {
        renderEditCell: (props) => <CellEditor {...props} />,
        // An editor ends by our rules: popovers lie outside of the cell, and a row may be read again meanwhile.
        editorOptions: { commitOnOutsideClick: false, closeOnExternalRowChange: false },
      } : {}),
    };
  });
  return [checkColumn(one, many, rowKey), ...shown];
}
