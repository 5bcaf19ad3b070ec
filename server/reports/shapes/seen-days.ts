/** Days of a row of `sw_seen_days`: a column for each, `d0` to `d62`. */
export const DAYS_IN_BLOCK = 63;
/** Users of such a row: a bit for each in every column. */
export const USERS_IN_GROUP = 32;

const MS_PER_DAY = 86_400_000;
export const FIRST_DAY = '1970-01-01';
/** Days between these begin and end when their time zones say; others as the nearest of these would. */
export const FIRST_KNOWN_DAY = '2000-01-02';
export const LAST_KNOWN_DAY = '2049-12-30';

/** Days of one block: the number of its first day, counted from 1970-01-01, and the columns of the first and the last of them. */
export interface DaysOfBlock {
  block: number;
  first: number;
  last: number;
}

/** The days from one to another, both included, block by block. Throws on days before 1970, of which no block speaks. */
export function blocksOf(from: string, to: string): DaysOfBlock[] {
  if (from < FIRST_DAY) throw new Error(`No block speaks of ${from}.`);
  const [first, last] = [Date.parse(from) / MS_PER_DAY, Date.parse(to) / MS_PER_DAY];
  const blocks: DaysOfBlock[] = [];
  for (let block = first - (first % DAYS_IN_BLOCK); block <= last; block += DAYS_IN_BLOCK) {
    blocks.push({ block, first: Math.max(first - block, 0), last: Math.min(last - block, DAYS_IN_BLOCK - 1) });
  }
  return blocks;
}

/** The users of a row who were seen on any of these days, as bits. `alias`: that of the row. */
export function usersSeen({ first, last }: DaysOfBlock, alias: string): string {
  if (last - first === DAYS_IN_BLOCK - 1) return `${alias}.whole`;
  return `(${Array.from({ length: last - first + 1 }, (_, index) => `${alias}.d${first + index}`).join(' | ')})`;
}

/** The number of a user's group, in SQL; for ids below zero the databases count otherwise, each always in the same way. */
export const groupOf = (userId: string): string => `(${userId} >> 5)`;
/** The bit of a user within the group, in SQL. */
export const bitOf = (userId: string): string => `(1 << (${userId} & ${USERS_IN_GROUP - 1}))`;
