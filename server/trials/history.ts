import sql, { join } from 'sql-template-tag';
import type { Database, Transaction } from '../db/database.js';
import type { Row, SqlValue } from '../db/dialect/dialect.js';
import { number, numberOrNull, text, textOrNull } from '../db/decode.js';
import { upsert } from '../db/upsert.js';
import { unitOf, type TrialUnit } from './unit.js';

/** Something that happened to a trial. */
export interface TrialEvent {
  /** The site, as a host or an address. */
  host: string;
  productSlug: string;
  trialId: number;
  /** ACTIVATED is the first check-in after the start; REVERTED takes a conversion back. */
  kind: 'STARTED' | 'EXTENDED' | 'ACTIVATED' | 'CONVERTED' | 'REVERTED';
  /** When it happened; null when nobody knows. */
  occurredAt: Date | null;
  /** Last day of the trial, of STARTED and EXTENDED; null without end. */
  expiresOn: string | null;
  /** Last day of grace where the trial names one. */
  graceUntil: string | null;
  /** True when `occurredAt` was concluded from something else. */
  estimated: boolean;
  /** When we learned of it. */
  observedAt: Date;
}

interface Options {
  /** True while trials are read for the first time: what is found counts from when it happened, not from now. */
  firstReading?: boolean;
}

/** What is recorded of one trial. */
interface Recorded {
  /** Its unit: that of its start, whatever its address has become. */
  unitId: number | null;
  started: boolean;
  activated: boolean;
  /** The last of CONVERTED and REVERTED. */
  lastWord: 'CONVERTED' | 'REVERTED' | null;
  term: string | null;
}

const TABLE = 'sw_trial_events';
const columns = ['unit_id', 'trial_id', 'kind', 'occurred_at', 'known_at', 'expires_on', 'grace_until', 'estimated', 'observed_at'];
const AT_ONCE = 1000;

/**
 * Adds events to the history of trials, in the order given, and answers how many were new: what repeats the recorded is
 * left out, so that it does not matter who sees something first. The units are locked until the transaction ends, hence
 * two instances that see the same thing leave one event. To be called before the transaction reads anything else: on
 * MySQL the first plain read decides what it will see.
 */
export async function recordTrialEvents(
  database: Pick<Database, 'dialect'>,
  transaction: Transaction,
  events: readonly TrialEvent[],
  { firstReading = false }: Options = {},
): Promise<number> {
  let added = 0;
  for (let from = 0; from < events.length; from += AT_ONCE) {
    const part = events.slice(from, from + AT_ONCE);
    const unitIds = await lockUnits(database, transaction, part);
    const recorded = await readRecorded(transaction, part);
    const rows = part.flatMap((event): SqlValue[][] => {
      const known = recorded.get(event.trialId) ?? { unitId: null, started: false, activated: false, lastWord: null, term: null };
      recorded.set(event.trialId, known);
      const unitId = known.unitId ?? unitIds(event);
      if (unitId === null || !isNew(event, known)) return [];
      known.unitId = unitId;
      remember(event, known);
      return [rowOf(event, unitId, firstReading)];
    });
    await upsert(transaction, database.dialect, { table: TABLE, columns }, rows);
    added += rows.length;
  }
  return added;
}

/** Notes trials whose site or product cannot be read: they are in no unit, and the funnel tells how many they are. */
export async function recordUnreadable(
  { dialect }: Pick<Database, 'dialect'>,
  transaction: Transaction,
  trials: readonly { trialId: number; occurredAt: Date | null }[],
  now: Date,
  { firstReading = false }: Options = {},
): Promise<void> {
  const rows = trials.map(({ trialId, occurredAt }): SqlValue[] => {
    const known = knownAt(occurredAt, now, firstReading);
    return [null, trialId, 'UNREADABLE', storedInstant(occurredAt), storedInstant(known), null, null, 0, storedInstant(now)];
  });
  await upsert(transaction, dialect, { table: TABLE, columns }, rows);
}

/** Makes the units that are missing, locks them all, and tells the id of an event's. */
async function lockUnits({ dialect }: Pick<Database, 'dialect'>, transaction: Transaction, events: readonly TrialEvent[]) {
  const keyOf = ({ host, productSlug }: TrialUnit): string => `${host} ${productSlug}`;
  const units = new Map<string, TrialUnit>();
  for (const event of events) {
    const unit = unitOf(event.host, event.productSlug);
    if (unit !== null) units.set(keyOf(unit), unit);
  }
  // In one order everywhere, so that two transactions never wait for each other.
  const sorted = [...units].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, unit]) => unit);
  // The host is set to itself: unlike an insert that is ignored, this takes at once the lock that is needed.
  const target = { table: 'sw_trial_units', columns: ['host', 'product_slug'], unique: ['host', 'product_slug'], updated: ['host'] };
  await upsert(transaction, dialect, target, sorted.map(({ host, productSlug }) => [host, productSlug]));
  const ids = new Map<string, number>();
  if (sorted.length > 0) {
    const rows = await transaction.read(sql`
      select u.id as id, u.host as host, u.product_slug as product_slug from sw_trial_units u
      where u.host in (${join([...new Set(sorted.map(({ host }) => host))])}) ${dialect.lockRows}`);
    for (const row of rows) ids.set(keyOf({ host: text(row, 'host'), productSlug: text(row, 'product_slug') }), number(row, 'id'));
  }
  return ({ host, productSlug }: TrialEvent): number | null => {
    const unit = unitOf(host, productSlug);
    return unit === null ? null : (ids.get(keyOf(unit)) ?? null);
  };
}

async function readRecorded(transaction: Transaction, events: readonly TrialEvent[]): Promise<Map<number, Recorded>> {
  const recorded = new Map<number, Recorded>();
  const rows = await transaction.read(sql`
    select e.trial_id as trial_id, e.unit_id as unit_id, e.kind as kind, e.expires_on as expires_on, e.grace_until as grace_until
    from sw_trial_events e where e.unit_id is not null and e.trial_id in (${join([...new Set(events.map(({ trialId }) => trialId))])}) order by e.id`);
  for (const row of rows) {
    const trialId = number(row, 'trial_id');
    const known = recorded.get(trialId) ?? { unitId: numberOrNull(row, 'unit_id'), started: false, activated: false, lastWord: null, term: null };
    recorded.set(trialId, known);
    remember(eventOf(row), known);
  }
  return recorded;
}

type Essence = Pick<TrialEvent, 'kind' | 'expiresOn' | 'graceUntil'>;

function eventOf(row: Row): Essence {
  return { kind: text(row, 'kind') as TrialEvent['kind'], expiresOn: textOrNull(row, 'expires_on'), graceUntil: textOrNull(row, 'grace_until') };
}

const termOf = ({ expiresOn, graceUntil }: Essence): string => `${expiresOn ?? ''} ${graceUntil ?? ''}`;

/** Whether an event says something that is not recorded yet. */
function isNew(event: Essence, { started, activated, lastWord, term }: Recorded): boolean {
  switch (event.kind) {
    case 'STARTED':
      return !started;
    case 'ACTIVATED':
      return !activated;
    case 'EXTENDED':
      // After a conversion the dates are those of the premium licence.
      return started && lastWord === null && term !== termOf(event);
    case 'CONVERTED':
      return lastWord !== 'CONVERTED';
    case 'REVERTED':
      return lastWord === 'CONVERTED';
  }
}

function remember(event: Essence, known: Recorded): void {
  if (event.kind === 'STARTED') known.started = true;
  if (event.kind === 'STARTED' || event.kind === 'EXTENDED') known.term = termOf(event);
  if (event.kind === 'ACTIVATED') known.activated = true;
  if (event.kind === 'CONVERTED' || event.kind === 'REVERTED') known.lastWord = event.kind;
}

function rowOf({ trialId, kind, occurredAt, expiresOn, graceUntil, estimated, observedAt }: TrialEvent, unitId: number, firstReading: boolean): SqlValue[] {
  const known = knownAt(occurredAt, observedAt, firstReading);
  return [unitId, trialId, kind, storedInstant(occurredAt), storedInstant(known), expiresOn, graceUntil, estimated ? 1 : 0, storedInstant(observedAt)];
}

/**
 * From when on an event counts in the answers. In the first reading of all trials that is when it happened, or there would
 * be no past at all. Afterwards it is when we learned of it: answers for the days before have been given, and stay.
 */
function knownAt(occurredAt: Date | null, observedAt: Date, firstReading: boolean): Date {
  if (occurredAt === null) return observedAt;
  return firstReading || occurredAt > observedAt ? occurredAt : observedAt;
}

/** A date and time as our tables hold it, in UTC; null stays null. */
export function storedInstant(instant: Date): string;
export function storedInstant(instant: Date | null): string | null;
export function storedInstant(instant: Date | null): string | null {
  return instant === null ? null : instant.toISOString().slice(0, 19).replace('T', ' ');
}
