import { type ReactNode, useState } from 'react';

import { type DeleteAnswer, DeleteDialog } from './DeleteDialog';
import { FormDrawer, type Guard } from './FormDrawer';
import { Toast, useToast } from './Toast';

/** What a page asks for: a new row, a change, a deletion. */
export type Task<Row> = { kind: 'add' } | { kind: 'edit' | 'delete'; row: Row };

interface EntityDialogsProps<Row> {
  /** "licence", in prose. */
  noun: string;
  task: Task<Row> | null;
  nameOf(row: Row): string;
  etagOf(row: Row): string;
  form(row: Row | undefined, guard: Guard, onSaved: (words: string) => void): ReactNode;
  /** What deleting a row loses. */
  loses(row: Row): ReactNode;
  remove(row: Row): Promise<DeleteAnswer>;
  onClose(): void;
  /** Something was added, changed or deleted. */
  onDone(task: Task<Row>): void;
}

/** The form and the question before deleting, over whichever page asked for them. */
export function EntityDialogs<Row>({ noun, task, nameOf, etagOf, form, loses, remove, onClose, onDone }: EntityDialogsProps<Row>) {
  const [toast, say] = useToast();
  // Layers fade out: until they are gone they still show what they were opened for.
  const [last, setLast] = useState<Task<Row> | null>(task);
  if (task && task !== last) setLast(task);
  const row = last && last.kind !== 'add' ? last.row : undefined;
  const finish = (words: string) => {
    say(words);
    if (last) onDone(last);
  };
  const title = row ? `Edit ${noun} ${nameOf(row)}` : `Add ${noun}`;
  return (
    <>
      <FormDrawer opened={task !== null && task.kind !== 'delete'} title={title} onClose={onClose}>
        {(guard) => <div key={row ? etagOf(row) : 'new'} style={{ display: 'contents' }}>{form(row, guard, finish)}</div>}
      </FormDrawer>
      {row !== undefined && (
        <DeleteDialog
          opened={task?.kind === 'delete'} title={`Delete ${noun} ${nameOf(row)}?`} verb={`Delete ${noun}`} onClose={onClose}
          onDelete={() => remove(row)}
          onDeleted={() => {
            onClose();
            finish(`${noun[0]?.toUpperCase() ?? ''}${noun.slice(1)} deleted`);
          }}
        >
          {loses(row)}
        </DeleteDialog>
      )}
      <Toast text={toast} />
    </>
  );
}
