import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../db/database.js';
import { addSeen, deleteAll, endOfBatch, idBeforeAll, newestId, readSeen, ROLLUP } from './fold.js';
import { readWatermark, writeWatermark, type Watermark } from './watermark.js';

/** How the log is read. */
export interface Manner {
  /** Entries of one transaction. */
  entriesAtOnce: number;
  /** How long after its id was given away an entry may commit: ids are given before the commit. */
  settleSeconds: number;
  /** While the log is read for the first time, ids so far below the newest are taken for committed at once. */
  settledBelow: number;
  /** Reads again what has not settled, whether it may have by now or not. */
  again?: boolean;
}

export const USUAL: Manner = { entriesAtOnce: 100_000, settleSeconds: 300, settledBelow: 1_000_000 };

/** Watermarks are remembered for less than this: nobody answers from days that are deleted. */
const FORGOTTEN_MS = 5000;
/** How often it is written that there was nothing new. */
const SAID_EVERY_MS = 60_000;
/** Instants are kept without their milliseconds: nothing settles too early for it. */
const WHOLE_SECOND_MS = 1000;

/** What happened in one step. */
export interface Step {
  mark: Watermark;
  /** True when the end of the log was reached. */
  atEnd: boolean;
  milliseconds: number;
}

/**
 * Reads what is new in the log, a batch to a transaction; yields after each. Entries commit out of the order of their ids: once what was
 * the end of the log has had time to settle, all that was not settled is read again, in the midst of a long reading too. Whoever stops it anywhere, or runs it twice at once,
 * changes nothing: days are only added, and the watermark is written with them. `upTo`: the entry to end at.
 */
export async function* followLog(database: Database, manner: Manner, clock: () => Date, upTo = Number.MAX_SAFE_INTEGER): AsyncGenerator<Step> {
  const zone = database.config.REPORT_TIMEZONE;
  const end = await newestId(database);
  const mark = await currentMark(database, zone, end, clock());
  const newest = Math.min(end, upTo);
  // Not before the newest id is known: what comes from then on is younger.
  const began = clock();
  const ripe = mark.completeSince !== null && isRipe(mark, began, manner);
  let after = ripe || manner.again === true || mark.completeSince === null ? mark.settledThrough : mark.readThrough;
  let current = mark;
  if (after >= newest && !ripe && mark.completeSince !== null && isRecent(mark.readAt, began)) {
    yield { mark, atEnd: true, milliseconds: 0 };
    return;
  }
  for (;;) {
    const [started, readAt] = [performance.now(), clock()];
    const through = await endOfBatch(database, after, manner.entriesAtOnce, newest);
    const atEnd = through >= newest;
    const seen = through > after ? await readSeen(database, { after, through }, zone) : [];
    current = await database.transaction(async (transaction) => {
      const kept = (await readWatermark({ read: transaction.read, dialect: database.dialect }, { locked: true })) ?? current;
      if (kept.zone !== zone || kept.startedAt !== mark.startedAt) throw new Error('The roll-up was begun anew meanwhile.');
      await addSeen(transaction, database, seen, ROLLUP);
      const latestAt = seen.reduce<string | null>((latest, one) => (latest === null || one.latestAt > latest ? one.latestAt : latest), kept.latestAt);
      const advanced: Watermark = {
        ...kept, latestAt,
        readThrough: Math.max(kept.readThrough, through),
        entriesRead: kept.entriesRead + seen.reduce((sum, { entries }) => sum + entries, 0),
        workingMs: kept.workingMs + Math.round(performance.now() - started),
        readAt: readAt.toISOString(),
        ...settled(kept, { after, through, newest, atEnd, began, readAt, settles: ripe ? mark.candidateThrough : null }, manner),
      };
      await writeWatermark(transaction, database, advanced);
      return advanced;
    });
    yield { mark: current, atEnd, milliseconds: performance.now() - started };
    if (atEnd) return;
    // What was read before it could settle is read again as soon as it has: there is little of it yet, and from there on each entry is read once.
    after = leavesGap(current, after) && isRipe(current, clock(), manner) ? current.settledThrough : through;
  }
}

/** The watermark to go on from. Days of another time zone are other days, and an emptied log is another log: then everything is read anew. */
async function currentMark(database: Database, zone: string, newest: number, now: Date): Promise<Watermark> {
  const mark = await readWatermark(database);
  // Fewer entries than are settled: the log has been emptied, and its ids begin again.
  if (mark?.zone === zone && (newest >= mark.settledThrough || (await newestId(database)) >= mark.settledThrough)) return mark;
  const before = await idBeforeAll(database);
  const fresh: Watermark = {
    zone, readThrough: before, settledThrough: before, candidateThrough: null, candidateAt: null, completeSince: null, latestAt: null,
    startedAt: now.toISOString(), entriesRead: 0, workingMs: 0, readAt: null,
  };
  const write = (written: Watermark) => database.transaction((transaction) => writeWatermark(transaction, database, written));
  if (mark !== null) {
    // Without a zone it is nobody's: should this end here, the next reading begins here again.
    await write({ ...fresh, zone: '' });
    await wait(FORGOTTEN_MS);
    await deleteAll(database, ROLLUP);
  }
  await write(fresh);
  return (await readWatermark(database)) ?? fresh;
}

/** True when what was the newest entry, and all before it, has had time to commit. */
function isRipe({ candidateThrough, candidateAt }: Watermark, now: Date, { settleSeconds }: Manner): boolean {
  return candidateThrough !== null && candidateAt !== null && now.getTime() - Date.parse(candidateAt) >= settleSeconds * 1000;
}

/** True when entries that the candidate would settle stand before the batch that was read last. */
const leavesGap = ({ settledThrough, candidateThrough }: Watermark, after: number): boolean => settledThrough < Math.min(candidateThrough ?? 0, after);

const isRecent = (readAt: string | null, now: Date): boolean => readAt !== null && now.getTime() - Date.parse(readAt) < SAID_EVERY_MS;

/** What is settled after a batch, and the next candidate for it. */
function settled(
  kept: Watermark,
  { after, through, newest, atEnd, began, readAt, settles }: { after: number; through: number; newest: number; atEnd: boolean; began: Date; readAt: Date; settles: number | null },
  manner: Manner,
): Partial<Watermark> {
  const { settledThrough, candidateThrough, completeSince } = kept;
  // Only a reading that began after entries had settled, and that came past them, has seen them all.
  const again = atEnd && settles !== null ? settles : settledThrough;
  // A batch has seen all of its entries when they were old enough by then; so have those before it.
  const old = Math.max(completeSince === null ? newest - manner.settledBelow : 0, isRipe(kept, readAt, manner) ? (candidateThrough ?? 0) : 0);
  const settling = after <= settledThrough ? Math.min(through, old) : settledThrough;
  return {
    settledThrough: Math.max(settledThrough, again, settling),
    ...(atEnd ? { completeSince: completeSince ?? began.toISOString() } : {}),
    ...(candidateThrough === null || candidateThrough <= settledThrough || (atEnd && settles !== null) ? { candidateThrough: newest, candidateAt: new Date(began.getTime() + WHOLE_SECOND_MS).toISOString() } : {}),
  };
}
