/** Days in one whole number: a signed one of 64 bits holds 63 of them. */
export const DAYS_IN_BLOCK = 63;

const MS_PER_DAY = 86_400_000;
export const FIRST_DAY = '1970-01-01';
/** Days between these begin and end when their time zones say; others as the nearest of these would. */
export const FIRST_KNOWN_DAY = '2000-01-02';
export const LAST_KNOWN_DAY = '2049-12-30';
const EVERY_DAY = (1n << BigInt(DAYS_IN_BLOCK)) - 1n;

/** Days of one block: the number of its first day, counted from 1970-01-01, and a bit for each day. */
export interface DaysOfBlock {
  block: number;
  /** Null: every day of the block. */
  mask: bigint | null;
}

/** The days from one to another, both included, block by block. Throws on days before 1970, of which no block speaks. */
export function blocksOf(from: string, to: string): DaysOfBlock[] {
  if (from < FIRST_DAY) throw new Error(`No block speaks of ${from}.`);
  const [first, last] = [Date.parse(from) / MS_PER_DAY, Date.parse(to) / MS_PER_DAY];
  const blocks: DaysOfBlock[] = [];
  for (let block = first - (first % DAYS_IN_BLOCK); block <= last; block += DAYS_IN_BLOCK) {
    const mask = bitsFrom(Math.max(first - block, 0)) & bitsUpTo(Math.min(last - block, DAYS_IN_BLOCK - 1));
    blocks.push({ block, mask: mask === EVERY_DAY ? null : mask });
  }
  return blocks;
}

const bitsUpTo = (bit: number): bigint => (1n << BigInt(bit + 1)) - 1n;
const bitsFrom = (bit: number): bigint => EVERY_DAY ^ ((1n << BigInt(bit)) - 1n);
