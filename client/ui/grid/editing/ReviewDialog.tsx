import '../../shell/modal.css';

import { Modal } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';

import { Button, IconButton } from '../../Button';
import classes from './editing.module.css';
import { cellKey, isNewRow } from './staged';
import type { RowEditing } from './types';
import type { StagedEdits } from './useStaged';
import { extentWords } from './words';

interface ReviewDialogProps<Row> {
  edits: StagedEdits<Row>;
  editing: RowEditing<Row>;
  onClose(): void;
}

/** Everything that is staged, row by row: what was, what shall be, what is wrong, with a way back for each cell. */
export function ReviewDialog<Row>({ edits, editing, onClose }: ReviewDialogProps<Row>) {
  const lines = [...edits.byRow].flatMap(([rowId, patches]) => {
    const row = edits.rowOf(rowId);
    const untouched = [...edits.problems].flatMap(([key, message]) => {
      const [id, field = ''] = key.split('\u0000');
      return id === rowId && !patches.some((patch) => patch.field === field) ? [{ field, message }] : [];
    });
    return [
      ...patches.map((patch) => ({ ...patch, row, message: edits.problems.get(cellKey(rowId, patch.field)), staged: true })),
      ...untouched.map(({ field, message }) => ({ rowId, field, base: edits.storedOf(rowId)[field] ?? '', value: edits.valuesOf(rowId)[field] ?? '', row, message, staged: false })),
    ];
  });
  return (
    <Modal
      opened onClose={onClose} title="Unsaved changes" size="auto" centered closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 0 }} attributes={{ header: { role: 'none' } }} classNames={{ title: classes.dialogTitle }}
    >
      <div className={classes.dialog}>
        <p>{extentWords(edits.cells, edits.byRow.size)} changed. Nothing is saved until you press Save.</p>
        <div className={classes.scroll} tabIndex={0} role="region" aria-label="Changed cells">
          <table className={classes.contests}>
            <thead><tr><th>Row</th><th>Field</th><th>Was</th><th>Now</th><th><span className="sw-visually-hidden">Take back</span></th></tr></thead>
            <tbody>
              {lines.map(({ rowId, field, base, value, row, message, staged }) => (
                <tr key={cellKey(rowId, field)}>
                  <td>{isNewRow(rowId) ? 'New' : rowId}{row && !isNewRow(rowId) && <span className={classes.rowName}>{editing.nameOf(row)}</span>}</td>
                  <td>{editing.word(field)}</td>
                  <td>{isNewRow(rowId) ? '–' : editing.show(field, { ...edits.storedOf(rowId), [field]: base })}</td>
                  <td data-wrong={message ? true : undefined}>
                    {editing.show(field, { ...edits.valuesOf(rowId), [field]: value })}
                    {message && <span className={classes.reason}>{message}</span>}
                  </td>
                  <td>
                    {staged && !isNewRow(rowId) && (
                      <IconButton label={`Take back ${editing.word(field)} of row ${rowId}`} onClick={() => edits.edit([{ rowId, values: { [field]: base } }])}>
                        <IconArrowBackUp aria-hidden size={16} />
                      </IconButton>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div className={classes.dialogFoot}><Button onClick={onClose}>Close</Button></div>
      </div>
    </Modal>
  );
}
