import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advanced, nextFrom, stillKnown, unknown, type IdRange, type Seen } from '../../server/live/newest.js';

/** A look at a table with these ids. */
function look(ids: readonly number[], before: Seen): { seen: Seen; added: IdRange[] } {
  const newest = Math.max(0, ...ids);
  const seen = stillKnown(before, newest);
  return advanced(seen, newest, ids.filter((id) => id > seen.from && (id <= seen.latest || id > nextFrom(seen, newest))));
}

/** What was seen of a table when somebody began to listen. */
const begun = (ids: readonly number[]): Seen => look(ids, unknown(Math.max(0, ...ids))).seen;

describe('what is new', () => {
  it.each([
    ['nothing', [1, 2, 3], [], []],
    ['the next id', [1, 2, 3], [4], [{ after: 3, through: 4 }]],
    ['one behind the newest', [1, 3], [2], [{ after: 1, through: 2 }]],
    ['one behind and one before', [1, 3], [2, 4], [{ after: 1, through: 2 }, { after: 3, through: 4 }]],
    ['several behind, around one that was there', [1, 5, 9], [2, 3, 6, 8], [{ after: 1, through: 3 }, { after: 5, through: 8 }]],
    ['the first of all', [], [7], [{ after: 0, through: 7 }]],
    ['one within two thousand behind', [1, 5000], [3001], [{ after: 3000, through: 3001 }]],
    ['very many', [1], [500_000, 2, 499_999], [{ after: 1, through: 500_000 }]],
  ])('%s', (_, there, added, ranges) => {
    expect(look([...there, ...added], begun(there)).added).toEqual(ranges);
  });

  it('is every id that comes not too far behind, whatever the order, and no other', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 30 }), { maxLength: 12 }), (batches) => {
      let ids: number[] = [];
      let seen = begun(ids);
      for (const batch of batches) {
        const fresh = [...new Set(batch)].filter((id) => !ids.includes(id));
        ids = [...ids, ...fresh];
        const now = look(ids, seen);
        ({ seen } = now);
        const told = ids.filter((id) => now.added.some(({ after, through }) => id > after && id <= through));
        expect(new Set(told)).toEqual(new Set(fresh));
      }
    }));
  });

  it('stays within a few thousand ids, however far the table grows', () => {
    let seen = begun([1]);
    for (let newest = 10_000; newest < 60_000; newest += 10_000) {
      ({ seen } = look([1, newest], seen));
      expect(seen.latest - seen.from).toBeLessThanOrEqual(2000);
    }
  });

  it('is nothing when old rows go away', () => {
    expect(look([2, 3], begun([1, 2, 3])).added).toEqual([]);
  });

  it('is all that is there once the newest are gone, for the ids may have begun anew; then goes on', () => {
    const { seen, added } = look([1, 2], begun([7000, 7001]));
    expect(added).toEqual([{ after: 0, through: 2 }]);
    expect(look([1, 2], seen).added).toEqual([]);
    const emptied = look([], seen);
    expect(emptied.added).toEqual([]);
    expect(look([1], emptied.seen).added).toEqual([{ after: 0, through: 1 }]);
  });
});
