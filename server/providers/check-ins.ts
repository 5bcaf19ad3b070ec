import type { FastifyBaseLogger } from 'fastify';
import pLimit from 'p-limit';
import sql, { raw } from 'sql-template-tag';
import type { Database } from '../db/database.js';
import { instantOrNull, number, text, textOrNull } from '../db/decode.js';
import type { Row } from '../db/dialect/dialect.js';
import { ProviderFailure } from './failure.js';
import { storedInstant } from './mirror-rows.js';
import type { CheckIn, ExternalLicenseProvider } from './provider.js';

const AT_ONCE = 4;
const BATCH = 100;
const LONGEST_WAIT_MS = 6 * 60 * 60 * 1000;

interface Pending {
  id: number;
  attempts: number;
  checkIn: CheckIn;
}

interface ReportOptions {
  database: Database;
  provider: ExternalLicenseProvider;
  log: FastifyBaseLogger | undefined;
  signal: AbortSignal;
}

/**
 * Tells a provider of the check-ins that wait, the longest first; by whoever holds the lock. There is one row a licence and
 * site, so that of several check-ins the latest is told. One that fails is tried again later, however long it takes.
 */
export async function reportCheckIns({ database, provider, log, signal }: ReportOptions): Promise<void> {
  const fewAtOnce = pLimit(AT_ONCE);
  for (let due = await dueCheckIns(database, provider); due.length > 0 && !signal.aborted; due = await dueCheckIns(database, provider)) {
    const failures = await fewAtOnce.map(due, (pending) => report(database, provider, pending, signal));
    const failed = failures.filter((failure) => failure !== null);
    if (failed.length > 0 && !signal.aborted) log?.warn({ provider: provider.settings.name, failures: failed.length, failure: failed[0] }, 'check-ins could not be reported');
    if (due.length < BATCH) return;
  }
}

/** True when the provider is to be told of something now. */
export async function hasDueCheckIns(database: Database, provider: ExternalLicenseProvider): Promise<boolean> {
  return (await dueCheckIns(database, provider, 1)).length > 0;
}

async function dueCheckIns(database: Database, { settings }: ExternalLicenseProvider, limit = BATCH): Promise<Pending[]> {
  const rows = await database.read(sql`
    select c.id as id, c.attempts as attempts, c.site_url as site_url, c.checked_in_at as checked_in_at,
      x.license_key as license_key, x.product_slug as product_slug
    from sw_check_ins c join sw_external_licenses x on x.id = c.license_id
    where c.kind = 'EXTERNAL' and c.reported_at is null and (c.next_attempt_at is null or c.next_attempt_at <= ${storedInstant(new Date())})
      and x.provider = ${settings.name}
    order by c.checked_in_at, c.id limit ${raw(String(limit))}`);
  return rows.map(pendingOf);
}

/** Null, or what went wrong. */
async function report(database: Database, provider: ExternalLicenseProvider, { id, attempts, checkIn }: Pending, signal: AbortSignal): Promise<string | null> {
  try {
    await provider.reportCheckIn(checkIn, { signal });
  } catch (error) {
    if (signal.aborted) return null;
    if (!(error instanceof ProviderFailure)) throw error;
    const wait = Math.max(Math.min(provider.settings.retryDelaySeconds * 1000 * 2 ** (attempts + 2), LONGEST_WAIT_MS), error.retryAfterMs ?? 0);
    await set(database, id, checkIn, sql`attempts = attempts + 1, next_attempt_at = ${storedInstant(new Date(Date.now() + wait))}`);
    return error.message;
  }
  await set(database, id, checkIn, sql`reported_at = ${storedInstant(new Date())}, attempts = attempts + 1, next_attempt_at = null`);
  return null;
}

/** A check-in that came meanwhile is another one, and still to be told. */
async function set(database: Database, id: number, { checkedInAt }: CheckIn, assignments: ReturnType<typeof sql>): Promise<void> {
  const statement = sql`update sw_check_ins set ${assignments} where id = ${id} and checked_in_at = ${storedInstant(checkedInAt)}`;
  await database.transaction(({ manager }) => manager.query(statement.sql, statement.values));
}

function pendingOf(row: Row): Pending {
  return {
    id: number(row, 'id'),
    attempts: number(row, 'attempts'),
    checkIn: {
      licenseKey: text(row, 'license_key'), productSlug: textOrNull(row, 'product_slug'), siteUrl: text(row, 'site_url'),
      checkedInAt: instantOrNull(row['checked_in_at']) ?? '',
    },
  };
}
