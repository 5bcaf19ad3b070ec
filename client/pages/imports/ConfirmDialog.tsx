import '../forms/styles';

import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';

import { Button } from '../../ui/Button';
import forms from '../forms/forms.module.css';

interface ConfirmDialogProps {
  opened: boolean;
  title: string;
  /** What happens, and what does not. */
  children: ReactNode;
  verb: string;
  /** What the other button says: "Keep the import". */
  keep: string;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something is done that takes work to bring back. */
export function ConfirmDialog({ opened, title, children, verb, keep, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Modal
      opened={opened} onClose={onClose} title={title} centered transitionProps={{ duration: 120 }} classNames={{ title: forms.title }}
      closeButtonProps={{ 'aria-label': 'Close' }} attributes={{ header: { role: 'none' } }}
    >
      <div className={forms.dialog}>
        {children}
        <div className={forms.dialogFoot}>
          <Button onClick={onClose} data-autofocus>{keep}</Button>
          <Button
            className={forms.danger}
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {verb}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
