import { type Column as DataColumn, SelectColumn, useHeaderRowSelection, useRowSelection } from 'react-data-grid';

import classes from './editing.module.css';

interface CheckProps {
  label: string;
  checked: boolean;
  mixed?: boolean;
  disabled?: boolean;
  tabIndex: number;
  onChange(checked: boolean, shift: boolean): void;
}

function Check({ label, checked, mixed = false, disabled = false, tabIndex, onChange }: CheckProps) {
  return (
    <label className={classes.check}>
      <input
        type="checkbox" aria-label={label} checked={checked} disabled={disabled} tabIndex={tabIndex}
        ref={(input) => { if (input) input.indeterminate = mixed; }}
        onChange={({ currentTarget, nativeEvent }) => onChange(currentTarget.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
      />
    </label>
  );
}

function AllCheck({ label, tabIndex }: { label: string; tabIndex: number }) {
  const { isIndeterminate, isRowSelected, onRowSelectionChange } = useHeaderRowSelection();
  return (
    <Check
      label={label} checked={isRowSelected} mixed={isIndeterminate} tabIndex={tabIndex}
      onChange={(checked) => onRowSelectionChange({ checked: !isIndeterminate && checked })}
    />
  );
}

function OneCheck<Row>({ row, label, tabIndex }: { row: Row; label: string; tabIndex: number }) {
  const { isRowSelectionDisabled, isRowSelected, onRowSelectionChange } = useRowSelection();
  return (
    <Check
      label={label} checked={isRowSelected} disabled={isRowSelectionDisabled} tabIndex={tabIndex}
      onChange={(checked, isShiftClick) => onRowSelectionChange({ row, checked, isShiftClick })}
    />
  );
}

/** The column of checkboxes, by which rows are chosen for bulk actions; with Shift all between two. */
export function checkColumn<Row>(one: string, many: string, rowKey: (row: Row) => string): DataColumn<Row> {
  return {
    ...(SelectColumn as DataColumn<Row>), name: 'Select', width: 40, maxWidth: 40, minWidth: 40, frozen: 'start',
    renderHeaderCell: ({ tabIndex }) => <AllCheck label={`Select all ${many} read so far`} tabIndex={tabIndex} />,
    renderCell: ({ row, tabIndex }) => <OneCheck row={row} label={`Select ${one} ${rowKey(row)}`} tabIndex={tabIndex} />,
  };
}
