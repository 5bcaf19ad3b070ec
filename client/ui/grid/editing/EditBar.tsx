import { IconArrowBackUp, IconArrowForwardUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { Button, IconButton } from '../../Button';
import classes from './editing.module.css';
import { extentWords } from './words';

interface EditBarProps {
  cells: number;
  rows: number;
  invalid: number;
  busy: boolean;
  lookingUp: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** What the last save has to say, and whether it failed. */
  words: readonly string[];
  failed: boolean;
  canTakeBack: boolean;
  onUndo(): void;
  onRedo(): void;
  onReview(): void;
  onDiscard(): void;
  onSave(): void;
  onTakeBack(): void;
  onHush(): void;
}

/** How much is staged and what can be done with it; after a save what became of it. Nothing while there is nothing to say. */
export function EditBar({ cells, rows, invalid, busy, lookingUp, canUndo, canRedo, words, failed, canTakeBack, ...on }: EditBarProps) {
  const dirty = cells > 0;
  const shown = dirty || words.length > 0 || canUndo || canRedo;
  const counts: ReactNode = dirty ? (
    <>
      <strong>{extentWords(cells, rows)} changed</strong>
      {invalid > 0 && <span className={classes.invalidCount}> · {invalid} invalid</span>}
      {lookingUp && <span> · looking up names</span>}
    </>
  ) : null;
  return (
    <section className={classes.bar} data-shown={shown || undefined} aria-label="Unsaved changes">
      <div className={classes.barWords} role="status">
        {counts && <p>{counts}</p>}
        {words.map((text) => <p key={text} data-failed={failed || undefined}>{text}</p>)}
        {shown && !dirty && words.length === 0 && <p>All changes are taken back.</p>}
      </div>
      {shown && (
        <div className={classes.barButtons}>
          {(canUndo || canRedo) && (
            <>
              <IconButton label="Undo (Ctrl+Z)" disabled={!canUndo || busy} onClick={on.onUndo}><IconArrowBackUp aria-hidden size={18} /></IconButton>
              <IconButton label="Redo (Ctrl+Shift+Z)" disabled={!canRedo || busy} onClick={on.onRedo}><IconArrowForwardUp aria-hidden size={18} /></IconButton>
            </>
          )}
          {dirty && (
            <>
              <Button onClick={on.onReview}>Review</Button>
              <Button onClick={on.onDiscard} disabled={busy}>Discard</Button>
              <Button kind="primary" onClick={on.onSave} disabled={busy || lookingUp}>{busy ? 'Saving' : 'Save'}</Button>
            </>
          )}
          {canTakeBack && <Button onClick={on.onTakeBack} disabled={busy}>Undo last save</Button>}
          {!dirty && words.length > 0 && <IconButton label="Close this notice" onClick={on.onHush}><IconX aria-hidden size={16} /></IconButton>}
        </div>
      )}
    </section>
  );
}
