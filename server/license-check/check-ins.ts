import { setTimeout as wait } from 'node:timers/promises';
import sql, { join, type Sql } from 'sql-template-tag';
import type { Database, Transaction } from '../db/database.js';
import { tableReference } from '../db/tables.js';
import { DatabaseError } from '../errors.js';
import { grouped, padded } from './batcher.js';

/** A site was seen running a trial. */
export interface TrialCheckIn {
  trialId: number;
  host: string;
  siteUrl: string;
  at: Date;
}

/** A site was seen running a premium licence. */
export interface PremiumCheckIn {
  licenseId: number;
  host: string;
  siteUrl: string;
  at: Date;
}

/** Rows of one statement: enough to share its cost, few enough not to hold their locks for long. */
const AT_ONCE = 500;
const TRIES = 4;

/** An instant as the tables hold it: UTC, cut to the second, for a database would round it into the future. */
export function stored(instant: Date): string {
  return instant.toISOString().slice(0, 19).replace('T', ' ');
}

/** Check-ins of trials: on their rows, or in a table of ours where the rows take none. */
export async function writeTrialCheckIns(database: Database, checkIns: readonly TrialCheckIn[], ontoRows: boolean): Promise<void> {
  for (const chunk of chunks(checkIns, (checkIn) => checkIn.trialId)) {
    await inTransaction(database, async (transaction) => {
      if (ontoRows) await onto(transaction, tableReference(database.tables.trial), sql`, updated_at = updated_at`, chunk.map(({ trialId, at }) => ({ id: trialId, at })));
      else await remember(database, transaction, 'TRIAL', chunk.map(({ trialId, ...rest }) => ({ id: trialId, ...rest })));
    });
  }
}

/** Check-ins of premium licences: on the mirror, on its activations, and kept to be told to the provider. */
export async function writePremiumCheckIns(database: Database, checkIns: readonly PremiumCheckIn[]): Promise<void> {
  for (const chunk of chunks(checkIns, (checkIn) => checkIn.licenseId)) {
    const rows = chunk.map(({ licenseId, ...rest }) => ({ id: licenseId, ...rest }));
    await inTransaction(database, async (transaction) => {
      await onto(transaction, sql`sw_external_licenses`, sql``, rows);
      await ontoActivations(transaction, rows);
      await remember(database, transaction, 'EXTERNAL', rows);
    });
  }
}

interface Seen {
  id: number;
  at: Date;
}

/**
 * Sets `last_checked_in_at`, only ever forward: one statement for each second in which there were check-ins. A column that
 * counts its row's changes by itself is kept as it is (`also`): a check-in is no change of the trial.
 */
async function onto(transaction: Transaction, table: Sql, also: Sql, rows: readonly Seen[]): Promise<void> {
  for (const [at, seen] of bySecond(rows)) {
    await run(transaction, sql`
      update ${table} set last_checked_in_at = ${at} ${also}
      where id in (${join(padded([...new Set(seen.map(({ id }) => id))]))}) and (last_checked_in_at is null or last_checked_in_at < ${at})`);
  }
}

async function ontoActivations(transaction: Transaction, rows: readonly (Seen & { host: string })[]): Promise<void> {
  for (const [at, seen] of bySecond(rows)) {
    await run(transaction, sql`
      update sw_external_activations set last_checked_in_at = ${at}
      where (license_id, site_host) in (${join(padded(seen).map(({ id, host }) => sql`(${id}, ${host})`))})
        and (last_checked_in_at is null or last_checked_in_at < ${at})`);
  }
}

/** The latest check-in of each licence at each site. A later one is news to the provider, whatever it was told before. */
async function remember(database: Database, transaction: Transaction, kind: 'TRIAL' | 'EXTERNAL', rows: readonly (Seen & { host: string; siteUrl: string })[]): Promise<void> {
  const values = rows.map(({ id, host, siteUrl, at }) => sql`(${kind}, ${id}, ${host}, ${siteUrl}, ${stored(at)}, null, 0, null)`);
  await run(transaction, sql`
    insert into sw_check_ins (kind, license_id, site_host, site_url, checked_in_at, reported_at, attempts, next_attempt_at) values ${join(values)}
    ${database.dialect.orChange(['kind', 'license_id', 'site_host'], (given) => [
      ['attempts', sql`case when ${given('checked_in_at')} > checked_in_at and reported_at is not null then 0 else attempts end`],
      ['reported_at', sql`case when ${given('checked_in_at')} > checked_in_at then null else reported_at end`],
      ['checked_in_at', sql`case when ${given('checked_in_at')} > checked_in_at then ${given('checked_in_at')} else checked_in_at end`],
    ])}`);
}

/** In the order of ids, so that two instances lock rows in the same order. */
function chunks<T>(rows: readonly T[], idOf: (row: T) => number): T[][] {
  const inOrder = [...rows].sort((a, b) => idOf(a) - idOf(b));
  return Array.from({ length: Math.ceil(inOrder.length / AT_ONCE) }, (_, index) => inOrder.slice(index * AT_ONCE, (index + 1) * AT_ONCE));
}

/** The latest second last, so that an earlier check-in of the same licence finds nothing to set back. */
function bySecond<T extends Seen>(rows: readonly T[]): [string, T[]][] {
  return [...grouped(rows, ({ at }) => stored(at))].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function run({ manager }: Transaction, statement: Sql): Promise<void> {
  await manager.query(statement.sql, statement.values);
}

/** Everything here may be written twice, so that a deadlock, or an answer that got lost, is no more than another try. */
async function inTransaction(database: Database, work: (transaction: Transaction) => Promise<void>, tries = 1): Promise<void> {
  try {
    await database.transaction(work);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.fault !== 'unavailable' || tries === TRIES) throw error;
    await wait(tries * 30 * (1 + Math.random()));
    await inTransaction(database, work, tries + 1);
  }
}
