import '../../shell/modal.css';

import { Modal } from '@mantine/core';

import { Button } from '../../Button';
import classes from './editing.module.css';
import { rowWords } from './words';

interface AddRowsDialogProps {
  /** Rows of the clipboard that find no row. */
  missing: number;
  /** Those that find one. */
  fitting: number;
  onAnswer(how: 'add' | 'cut' | 'cancel'): void;
}

/** Asks whether a paste that is longer than the list shall add rows. */
export function AddRowsDialog({ missing, fitting, onAnswer }: AddRowsDialogProps) {
  return (
    <Modal
      opened onClose={() => onAnswer('cancel')} title={`Add ${rowWords(missing)}?`} centered closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 0 }} attributes={{ header: { role: 'none' } }} classNames={{ title: classes.dialogTitle }}
    >
      <div className={classes.dialog}>
        <p>The clipboard holds {rowWords(missing + fitting)}, and the list has {fitting === 0 ? 'none' : `only ${rowWords(fitting)}`} from here on.</p>
        <div className={classes.dialogFoot}>
          <Button onClick={() => onAnswer('cancel')}>Cancel</Button>
          {fitting > 0 && <Button onClick={() => onAnswer('cut')}>Paste {rowWords(fitting)}</Button>}
          <Button kind="primary" data-autofocus onClick={() => onAnswer('add')}>Add {rowWords(missing)}</Button>
        </div>
      </div>
    </Modal>
  );
}
