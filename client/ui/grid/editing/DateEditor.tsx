import { type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';

import { Button } from '../../Button';
import { isDay } from '../../filters/presets';
import type { EditorProps } from './CellEditor';
import { useCells } from './cells';
import { CellLayer } from './CellLayer';
import { CellNote } from './CellNote';
import classes from './editing.module.css';

const Calendar = lazy(() => import('./Calendar'));

/** A day, typed as the reader writes days or picked from the calendar; Alt and arrow down go there. */
export function DateEditor({ edit, rowId, initial, problem, onDraft, onDone }: EditorProps) {
  const cells = useCells();
  const input = useRef<HTMLInputElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(initial);
  const read = edit.read(text);
  const day = read[edit.field] ?? '';
  const mayBeEmpty = cells.wouldBeWrong(rowId, { [edit.field]: '' }) === undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.key !== 'ArrowDown') return;
    event.preventDefault();
    layer.current?.querySelector<HTMLElement>('table button[tabindex="0"], table button')?.focus();
  };
  return (
    <>
      <input
        ref={input} autoFocus value={text} aria-label={edit.label} aria-invalid={problem ? true : undefined} aria-describedby={cells.noteId}
        onFocus={({ currentTarget }) => currentTarget.select()} onKeyDown={onKeyDown}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          onDraft(edit.read(currentTarget.value));
        }}
      />
      <CellLayer anchor={input}>
        <CellNote id={cells.noteId} problem={problem} reading={edit.show(read)} />
        <div ref={layer} className={classes.calendar}>
          <Suspense fallback={null}>
            <Calendar key={day} day={isDay(day) ? day : null} onPick={(picked) => onDone({ [edit.field]: picked })} />
          </Suspense>
          {mayBeEmpty && <Button onClick={() => onDone({ [edit.field]: '' })}>{edit.show({ [edit.field]: '' })}</Button>}
        </div>
      </CellLayer>
    </>
  );
}
