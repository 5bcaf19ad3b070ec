import { describe, expect, it } from '@jest/globals';

import { contestsOf, decided } from '../../../client/ui/grid/editing/conflicts';
import { type Check, problemsOf } from '../../../client/ui/grid/editing/problems';
import { cellKey, nothingStaged, patchesByRow, stage } from '../../../client/ui/grid/editing/staged';

const stored = { start: '2', end: '5', seats: '50' };
const check: Check = ({ start = '', end = '', seats = '' }) => ({
  seats: /^\d+$/.test(seats) ? undefined : 'No number.', end: end < start ? 'Before the start.' : undefined,
});
const edit = (field: keyof typeof stored, value: string, rowId = '7') => ({ rowId, field, base: stored[field], value });
const found = (edits: ReturnType<typeof edit>[], row: Record<string, string> = stored, refused: Parameters<typeof problemsOf>[3] = []) =>
  Object.fromEntries([...problemsOf(stage(nothingStaged, edits), () => row, check, refused)].map(([key, message]) => [key.replace('\u0000', ' '), message]));

describe('problems', () => {
  it('stand on the cell that was changed, or on the one that the change made wrong', () => {
    expect(found([edit('seats', 'x'), edit('start', '3')])).toEqual({ '7 seats': 'No number.' });
    expect(found([edit('start', '6')])).toEqual({ '7 end': 'Before the start.' });
  });

  it('leave alone what was wrong before', () => {
    const wrong = { ...stored, seats: 'many' };
    expect(found([edit('start', '3')], wrong)).toEqual({});
    expect(found([{ ...edit('seats', 'more'), base: 'many' }], wrong)).toEqual({ '7 seats': 'No number.' });
  });

  it('count in every cell of a new row', () => {
    expect(found([{ ...edit('start', '3', 'new:1'), base: '' }], { start: '', end: '', seats: '' })).toEqual({ 'new:1 seats': 'No number.', 'new:1 end': 'Before the start.' });
  });

  it('keep what the server refused until something else is typed', () => {
    const refused = [{ rowId: '7', field: 'seats', value: '60', message: 'Too many.' }];
    expect(found([edit('seats', '60')], stored, refused)).toEqual({ '7 seats': 'Too many.' });
    expect(found([edit('seats', '61')], stored, refused)).toEqual({});
  });
});

describe('a conflict', () => {
  const staged = stage(nothingStaged, [edit('seats', '60'), edit('start', '3'), edit('end', '9')]);
  const theirs = { start: '2', end: '9', seats: '70' };
  const patches = patchesByRow(staged).get('7') ?? [];
  const contests = contestsOf('7', patches, theirs);

  it('asks only where both changed a cell to different values', () => {
    expect(contests).toEqual([{ rowId: '7', field: 'seats', mine: '60', theirs: '70', was: '50' }]);
  });

  it('keeps mine on top of theirs, with a way back to theirs', () => {
    const kept = decided(staged, new Map([['7', theirs]]), contests, new Map([[cellKey('7', 'seats'), 'mine' as const]]));
    expect([...kept.patches.values()]).toEqual([{ ...edit('seats', '60'), base: '70' }, edit('start', '3')]);
  });

  it('takes theirs and keeps the rest', () => {
    const taken = decided(staged, new Map([['7', theirs]]), contests, new Map([[cellKey('7', 'seats'), 'theirs' as const]]));
    expect([...taken.patches.values()]).toEqual([edit('start', '3')]);
  });
});
