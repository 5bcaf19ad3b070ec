import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { amend, cellKey, discard, extentOfStaged, nothingStaged, patchesByRow, rebase, redo, type Staged, stage, undo } from '../../../client/ui/grid/editing/staged';

const seats = (rowId: string, value: string, base = '50') => ({ rowId, field: 'seats', base, value });
const values = ({ patches }: Staged) => [...patches.values()].map(({ rowId, value }) => `${rowId}=${value}`);

describe('staged edits', () => {
  it('keep what is stored beside what was typed', () => {
    const staged = stage(stage(nothingStaged, [seats('7', '60')]), [seats('7', '70', 'of a row read later')]);
    expect([...staged.patches.values()]).toEqual([{ rowId: '7', field: 'seats', base: '50', value: '70' }]);
  });

  it('vanish where the stored value is typed again', () => {
    const staged = stage(stage(nothingStaged, [seats('7', '60')]), [seats('7', '50')]);
    expect(staged.patches.size).toBe(0);
    expect(values(undo(staged))).toEqual(['7=60']);
  });

  it('count cells and rows', () => {
    const staged = stage(nothingStaged, [seats('7', '60'), { ...seats('7', 'Ended', 'Active'), field: 'status' }, seats('8', '1')]);
    expect(extentOfStaged(staged)).toEqual({ cells: 3, rows: 2 });
    expect([...patchesByRow(staged).keys()]).toEqual(['7', '8']);
  });

  it('are undone and done again group by group', () => {
    const pasted = stage(stage(nothingStaged, [seats('7', '60')]), [seats('7', '1'), seats('8', '2'), seats('9', '3')]);
    const back = undo(pasted);
    expect(values(back)).toEqual(['7=60']);
    expect(values(undo(back))).toEqual([]);
    expect(undo(undo(undo(back)))).toEqual(undo(back));
    expect(values(redo(back))).toEqual(['7=1', '8=2', '9=3']);
    expect(stage(back, [seats('9', '4')]).redo).toEqual([]);
  });

  it('leave nothing to undo behind when nothing changed', () => {
    expect(stage(nothingStaged, [seats('7', '50')])).toBe(nothingStaged);
    const staged = stage(nothingStaged, [seats('7', '60')]);
    expect(stage(staged, [seats('7', '60')])).toBe(staged);
  });

  it('come back after all were discarded', () => {
    const staged = stage(nothingStaged, [seats('7', '60'), seats('8', '61')]);
    expect(discard(staged).patches.size).toBe(0);
    expect(values(undo(discard(staged)))).toEqual(['7=60', '8=61']);
  });

  it('keep every value of a row that is not stored yet, an empty one too', () => {
    const staged = stage(nothingStaged, [seats('new:1', '', ''), seats('new:1', '5', '')]);
    expect(values(staged)).toEqual(['new:1=5']);
    expect(values(undo(staged))).toEqual([]);
  });

  it('stand on the row as someone else left it', () => {
    const staged = rebase(stage(nothingStaged, [seats('7', '60'), seats('8', '61')]), '7', { seats: '55' });
    expect(staged.patches.get(cellKey('7', 'seats'))).toEqual(seats('7', '60', '55'));
    expect(undo(staged).patches.size).toBe(0);
    expect(values(rebase(staged, '8', { seats: '61' }))).toEqual(['7=60']);
  });

  it('take the value that a text turned out to mean, on the way back too', () => {
    const owner = (value: string) => ({ rowId: '7', field: 'owner', base: 'Company:1', value });
    const staged = stage(stage(nothingStaged, [owner('?Acme')]), [owner('?Other')]);
    const known = amend(staged, 'owner', '?Acme', 'Company:2');
    expect(values(known)).toEqual(['7=?Other']);
    expect(values(undo(known))).toEqual(['7=Company:2']);
    expect(values(amend(undo(staged), 'owner', '?Acme', 'Company:1'))).toEqual([]);
  });

  it('return to every state they went through', () => {
    const edit = fc.record({ rowId: fc.constantFrom('7', '8', 'new:1'), field: fc.constantFrom('seats', 'status'), base: fc.constant('0'), value: fc.constantFrom('0', '1', '2', '') });
    fc.assert(fc.property(fc.array(fc.array(edit, { maxLength: 6 }), { maxLength: 8 }), (groups) => {
      const states = [nothingStaged];
      for (const group of groups) {
        const next = stage(states.at(-1) ?? nothingStaged, group);
        if (next !== states.at(-1)) states.push(next);
      }
      let now = states.at(-1) ?? nothingStaged;
      const same = (a: Staged, b: Staged | undefined) => expect(new Map(a.patches)).toEqual(new Map(b?.patches));
      for (let step = states.length - 2; step >= 0; step -= 1) same(now = undo(now), states[step]);
      for (let step = 1; step < states.length; step += 1) same(now = redo(now), states[step]);
    }), { numRuns: 200 });
  });
});
