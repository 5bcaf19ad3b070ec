import { describe, expect, it } from '@jest/globals';

import { changedFields, differences, merged } from '../../../client/pages/forms/changes';
import { placeErrors } from '../../../client/pages/forms/userErrors';

const base = { seats: '38', status: 'Active', currency: 'EUR' };
const mine = { seats: '150', status: 'Active', currency: 'USD' };
const theirs = { seats: '140', status: 'Ended', currency: 'USD' };

describe('a conflict', () => {
  it('asks only where both changed a field to different values', () => {
    expect(differences(base, mine, theirs)).toEqual([
      { field: 'seats', was: '38', theirs: '140', mine: '150', contested: true },
      { field: 'status', was: 'Active', theirs: 'Ended', mine: 'Active', contested: false },
      { field: 'currency', was: 'EUR', theirs: 'USD', mine: 'USD', contested: false },
    ]);
  });

  it('keeps what was typed and takes over the rest', () => {
    expect(merged(base, mine, theirs)).toEqual({ seats: '150', status: 'Ended', currency: 'USD' });
    expect(changedFields(theirs, merged(base, mine, theirs))).toEqual(['seats']);
  });
});

describe('refusals of the server', () => {
  it('stand on their fields under the form’s names, all others above the form', () => {
    expect(placeErrors([
      { field: ['input', 'companyId'], code: 'NOT_FOUND', message: 'No such company.' },
      { field: ['input', 'seats'], code: 'INVALID', message: 'Too few.' },
      { field: ['input', 'seats'], code: 'INVALID', message: 'Not enough.' },
      { field: [], code: 'READ_ONLY', message: 'The table allows no changes.' },
    ], ['owner', 'seats'], { companyId: 'owner' })).toEqual({
      fields: { owner: 'No such company.', seats: 'Too few. Not enough.' }, general: ['The table allows no changes.'], conflict: false,
    });
  });

  it('tell a conflict apart', () => {
    expect(placeErrors([{ field: [], code: 'CONFLICT', message: 'Changed.' }], [])).toEqual({ fields: {}, general: [], conflict: true });
  });
});
