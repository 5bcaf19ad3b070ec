import '../../shell/modal.css';

import { Modal } from '@mantine/core';
import { useState } from 'react';

import { Button } from '../../Button';
import { Segmented } from '../../Segmented';
import type { Choice } from './conflicts';
import classes from './editing.module.css';
import { cellKey } from './staged';
import type { RowEditing } from './types';
import type { ConflictState } from './useSaving';

interface ConflictDialogProps<Row> {
  state: ConflictState<Row>;
  editing: RowEditing<Row>;
  /** An instant as people read it. */
  when(at: string): string;
  onDecide(choices: ReadonlyMap<string, Choice>): void;
  onClose(): void;
}

const sides = [{ value: 'mine' as const, label: 'Keep mine' }, { value: 'theirs' as const, label: 'Take theirs' }];

/** What someone else changed meanwhile, cell by cell beside what was entered here; each waits for a decision. */
export function ConflictDialog<Row>({ state: { conflicts, contests }, editing, when, onDecide, onClose }: ConflictDialogProps<Row>) {
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const rowOf = new Map(conflicts.map((conflict) => [conflict.rowId, conflict]));
  const all = (choice: Choice) => setChoices(new Map(contests.map(({ rowId, field }) => [cellKey(rowId, field), choice])));
  const open = contests.filter(({ rowId, field }) => !choices.has(cellKey(rowId, field))).length;
  return (
    <Modal
      opened onClose={onClose} title="Changed by someone else" size="auto" centered closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 0 }} attributes={{ header: { role: 'none' } }} classNames={{ title: classes.dialogTitle }}
    >
      <div className={classes.dialog}>
        <p>
          {conflicts.length === 1 ? 'One row was' : `${conflicts.length} rows were`} changed since you read {conflicts.length === 1 ? 'it' : 'them'}. Nothing was saved yet.
          {contests.length === 0 && ' The others changed cells that you did not touch, so both changes fit together.'}
        </p>
        {contests.length > 0 && (
          <div className={classes.scroll} tabIndex={0} role="region" aria-label="Cells that both changed">
            <table className={classes.contests}>
              <thead><tr><th>Row</th><th>Field</th><th>Yours</th><th>Theirs</th><th>Was</th><th>Keep</th></tr></thead>
              <tbody>
                {contests.map(({ rowId, field, mine, theirs, was }) => {
                  const conflict = rowOf.get(rowId);
                  const values = conflict ? editing.valuesOf(conflict.row) : {};
                  const show = (value: string) => editing.show(field, { ...values, [field]: value });
                  const by = [conflict?.by, conflict?.at ? when(conflict.at) : null].filter(Boolean).join(', ');
                  const key = cellKey(rowId, field);
                  return (
                    <tr key={key}>
                      <td>{rowId}<span className={classes.rowName}>{conflict && editing.nameOf(conflict.row)}</span></td>
                      <td>{editing.word(field)}</td>
                      <td data-chosen={choices.get(key) === 'mine' || undefined}>{show(mine)}</td>
                      <td data-chosen={choices.get(key) === 'theirs' || undefined}>{show(theirs)}{by && <span className={classes.rowName}>{by}</span>}</td>
                      <td>{show(was)}</td>
                      <td>
                        <Segmented
                          label={`${editing.word(field)} of row ${rowId}`} options={sides} value={choices.get(key) ?? null}
                          onChange={(choice) => setChoices(new Map([...choices, [key, choice]]))}
                        />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
        <div className={classes.dialogFoot}>
          {contests.length > 0 && (
            <span className={classes.dialogAll}>
              <Button onClick={() => all('mine')}>Keep all mine</Button>
              <Button onClick={() => all('theirs')}>Take all theirs</Button>
            </span>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={open > 0} onClick={() => onDecide(choices)}>Save again</Button>
        </div>
      </div>
    </Modal>
  );
}
