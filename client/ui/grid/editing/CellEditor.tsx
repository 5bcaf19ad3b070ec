import { useEffect, useRef, useState } from 'react';
import type { RenderEditCellProps } from 'react-data-grid';

import { type Move, useCells } from './cells';
import { DateEditor } from './DateEditor';
import classes from './editing.module.css';
import { ListEditor } from './ListEditor';
import type { Values } from './problems';
import { TextEditor } from './TextEditor';
import type { CellEdit } from './types';
import { useEditorKeys } from './useEditorKeys';

/** What every editor gets. */
export interface EditorProps {
  edit: CellEdit;
  rowId: string;
  /** The text to begin with; empty when the cell was opened by typing. */
  initial: string;
  /** Of what is in the editor now; null: nothing was changed. */
  onDraft(values: Values | null): void;
  /** Ends editing with these values. */
  onDone(values: Values, to?: Move): void;
  /** Why the values are wrong, once something was typed. */
  problem: string | undefined;
}

const editors = { text: TextEditor, money: TextEditor, date: DateEditor, list: ListEditor };

/** The editor of a cell by the type of its column. Enter and Tab take the value when it is right, a press outside takes any, Escape takes none. */
export function CellEditor<Row>({ column, rowIdx, onClose }: RenderEditCellProps<Row>) {
  const cells = useCells();
  const box = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState<Values | null>(null);
  const rowId = cells.rowIdAt(rowIdx);
  const edit = cells.editOf(column.key);
  const [initial] = useState(() => (edit && cells.startWith.current === 'value' ? edit.write(cells.valuesOf(rowId)) : ''));
  // Only the row as it was when the editor opened is meant.
  useEffect(() => cells.open(rowId), [rowId]);
  const problem = draft ? cells.wouldBeWrong(rowId, draft) : undefined;
  const keys = useEditorKeys({
    box, draft, problem, take: (values) => cells.edit([{ rowId, values }]),
    leave: (to) => {
      if (!cells.move(column.idx, rowIdx, to)) onClose(false, true);
    },
    drop: (shouldFocus) => onClose(false, shouldFocus),
  });
  if (!edit) return null;
  const Editor = editors[edit.editor];
  return (
    // Keys in an editor are the editor's; the grid must not move by them.
    <div ref={box} className={classes.editor} data-invalid={problem ? true : undefined} onKeyDown={keys.onKeyDown}>
      <Editor edit={edit} rowId={rowId} initial={initial} problem={problem} onDraft={setDraft} onDone={keys.done} />
    </div>
  );
}
