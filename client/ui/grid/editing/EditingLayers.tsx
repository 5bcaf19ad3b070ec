import { useState } from 'react';

import { Leaving } from '../../Leaving';
import { isTyping } from './cells';
import { ConflictDialog } from './ConflictDialog';
import { EditBar } from './EditBar';
import { ReviewDialog } from './ReviewDialog';
import type { RowEditing } from './types';
import { usePageKeys } from './useGridKeys';
import type { Saving } from './useSaving';
import type { StagedEdits } from './useStaged';
import { extentWords } from './words';

interface EditingLayersProps<Row> {
  edits: StagedEdits<Row>;
  editing: RowEditing<Row>;
  saving: Saving<Row>;
  /** An instant as people read it. */
  when(at: string): string;
}

/** What stands around an editable grid: the bar with what is staged, the review, conflicts, and the question before leaving. */
export function EditingLayers<Row>({ edits, editing, saving, when }: EditingLayersProps<Row>) {
  const [review, setReview] = useState(false);
  const dirty = edits.cells > 0;
  const invalid = edits.problems.size;
  const save = () => {
    if (!dirty || saving.busy || edits.lookingUp || review || saving.conflict) return;
    // What is wrong is shown where it stands; the server would refuse all of it.
    if (invalid > 0) setReview(true);
    else saving.save();
  };
  usePageKeys({ save: dirty ? save : null, undo: edits.undo, redo: edits.redo }, isTyping);
  return (
    <>
      <EditBar
        cells={edits.cells} rows={edits.byRow.size} invalid={invalid} busy={saving.busy} lookingUp={edits.lookingUp} canUndo={edits.canUndo} canRedo={edits.canRedo}
        words={dirty && saving.said.kind === 'done' ? [] : saving.said.words} failed={saving.said.kind === 'failed'} canTakeBack={saving.canTakeBack}
        onUndo={edits.undo} onRedo={edits.redo} onReview={() => setReview(true)} onDiscard={edits.discard} onSave={save} onTakeBack={saving.takeBack} onHush={saving.hush}
      />
      {review && <ReviewDialog edits={edits} editing={editing} onClose={() => setReview(false)} />}
      {saving.conflict && (
        <ConflictDialog state={saving.conflict} editing={editing} when={when} onDecide={saving.decide} onClose={saving.closeConflict} />
      )}
      <Leaving dirty={dirty} what={`${extentWords(edits.cells, edits.byRow.size)} changed and not saved. Leaving loses them.`} />
    </>
  );
}
