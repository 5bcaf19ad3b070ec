import sql from 'sql-template-tag';
import type { Context } from '../../context.js';
import { instantOrNull, number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { Provider, SyncProgress, SyncRun, UserError } from '../../graphql.generated.js';
import { recordChange } from '../audit/service.js';
import { readStates, stateOf } from './freshness.js';

/** A run that was not heard of for so long was cut off: no request and no wait lasts as long. */
const SILENT_MS = 10 * 60_000;

/** Every configured provider with the state of its mirror at a moment, in the order of the configuration. */
export async function providers(context: Context, now = context.now): Promise<Provider[]> {
  const { PROVIDERS, SYNC_INTERVAL_MINUTES } = context.config;
  if (PROVIDERS.length === 0) return [];
  const [states, runs] = await Promise.all([readStates(context), readRuns(context)]);
  // Only then: a synchronisation that is said to have ended is in the counts.
  const [counts, pending] = await Promise.all([readCounts(context), readPending(context)]);
  return PROVIDERS.map(({ name, kind }): Provider => {
    const row = states.get(name);
    const instant = (column: string) => instantOrNull(row?.[column]);
    return {
      name,
      kind: kind === 'fluent' ? 'FLUENT' : 'HTTP_JSON',
      state: stateOf({ config: context.config, now }, row),
      licenses: counts.get(name)?.all ?? 0,
      missing: counts.get(name)?.missing ?? 0,
      lastSuccessAt: instant('last_success_at'),
      lastAttemptAt: instant('last_attempt_at'),
      lastError: row === undefined ? null : textOrNull(row, 'last_error'),
      nextAttemptAt: SYNC_INTERVAL_MINUTES === 0 ? null : (instant('next_attempt_at') ?? now.toISOString()),
      failures: row === undefined ? 0 : number(row, 'failures'),
      progress: row === undefined ? null : progressOf(row, now),
      rejected: row === undefined ? 0 : number(row, 'rejected_count'),
      pendingCheckIns: pending.get(name) ?? 0,
      runs: runs.get(name) ?? [],
    };
  });
}

/** Starts a synchronisation, with a note of who did in the audit log. */
export async function syncProvider(context: Context, name: string, full: boolean): Promise<{ provider: Provider | null; userErrors: UserError[] }> {
  const started = await context.providers.sync(name, full, () =>
    context.db.transaction((tx) => recordChange(context, tx, { action: 'sync', entity: 'Provider', entityId: name, before: null, after: { full } })),
  );
  const provider = (await providers(context)).find((each) => each.name === name) ?? null;
  switch (started) {
    case 'started':
      return { provider, userErrors: [] };
    case 'running':
      return { provider, userErrors: [{ field: ['name'], code: 'CONFLICT', message: 'A synchronisation with this provider is running already.' }] };
    case 'unknown':
      return { provider: null, userErrors: [{ field: ['name'], code: 'NOT_FOUND', message: 'There is no provider of this name.' }] };
  }
}

function progressOf(row: Row, now: Date): SyncProgress | null {
  const startedAt = instantOrNull(row['running_since']);
  const heard = instantOrNull(row['heartbeat_at']);
  if (startedAt === null || heard === null || now.getTime() - Date.parse(heard) > SILENT_MS) return null;
  return { startedAt, read: number(row, 'read_count'), total: numberOrNull(row, 'total_count'), waitingAfter: textOrNull(row, 'waiting_after') };
}

async function readRuns({ db }: Context): Promise<Map<string, SyncRun[]>> {
  const rows = await db.read(sql`select r.* from ${db.sharedTable('sw_sync_runs', 'r')} order by r.id desc`);
  const runs = new Map<string, SyncRun[]>();
  for (const row of rows) {
    const provider = text(row, 'provider');
    const run: SyncRun = {
      startedAt: instantOrNull(row['started_at']) ?? '', endedAt: instantOrNull(row['ended_at']), read: number(row, 'read_count'),
      changed: number(row, 'changed_count'), rejected: number(row, 'rejected_count'), error: textOrNull(row, 'error'),
    };
    runs.set(provider, [...(runs.get(provider) ?? []), run].slice(0, 20));
  }
  return runs;
}

async function readCounts({ db }: Context): Promise<Map<string, { all: number; missing: number }>> {
  const rows = await db.read(sql`
    select x.provider as provider, count(*) as n, count(x.missing_since) as missing from ${db.table('externalLicense', 'x')} group by x.provider`);
  return new Map(rows.map((row) => [text(row, 'provider'), { all: number(row, 'n'), missing: number(row, 'missing') }]));
}

async function readPending({ db }: Context): Promise<Map<string, number>> {
  const rows = await db.read(sql`
    select x.provider as provider, count(*) as n from ${db.table('checkIn', 'c')}
    join ${db.table('externalLicense', 'x')} on x.id = c.license_id
    where c.kind = 'EXTERNAL' and c.reported_at is null group by x.provider`);
  return new Map(rows.map((row) => [text(row, 'provider'), number(row, 'n')]));
}
