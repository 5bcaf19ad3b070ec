import { useRef, useState } from 'react';

import type { EditorProps } from './CellEditor';
import { useCells } from './cells';
import { CellLayer } from './CellLayer';
import { CellNote } from './CellNote';
import classes from './editing.module.css';

/** Texts and numbers; an amount has its currency beside it. */
export function TextEditor({ edit, rowId, initial, problem, onDraft }: EditorProps) {
  const cells = useCells();
  const box = useRef<HTMLDivElement>(null);
  const values = cells.valuesOf(rowId);
  const [unitField] = edit.editor === 'money' ? edit.along ?? [] : [];
  const [text, setText] = useState(initial);
  const [unit, setUnit] = useState(unitField ? values[unitField] ?? '' : '');
  const units = edit.units ?? [];
  const change = (nextText: string, nextUnit: string) => {
    const read = edit.read(nextText);
    // A currency typed with the amount counts more than the one beside it.
    const along = unitField ? read[unitField] ?? nextUnit : '';
    setText(nextText);
    setUnit(along);
    onDraft(unitField ? { ...read, [unitField]: along } : read);
  };
  return (
    <div ref={box} className={classes.inputs} data-wide={unitField ? true : undefined}>
      <input
        autoFocus value={text} aria-label={edit.label} aria-invalid={problem ? true : undefined} aria-describedby={problem ? cells.noteId : undefined}
        inputMode={edit.editor === 'money' ? 'decimal' : undefined} onFocus={({ currentTarget }) => currentTarget.select()}
        onChange={({ currentTarget }) => change(currentTarget.value, unit)}
      />
      {unitField && (
        <select value={unit} aria-label="Currency" onChange={({ currentTarget }) => change(text, currentTarget.value)}>
          {!units.includes(unit) && <option value={unit}>{unit}</option>}
          {units.map((one) => <option key={one} value={one}>{one}</option>)}
        </select>
      )}
      {problem && <CellLayer anchor={box}><CellNote id={cells.noteId} problem={problem} /></CellLayer>}
    </div>
  );
}
