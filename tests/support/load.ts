import { expect } from '@jest/globals';
import sql from 'sql-template-tag';
import type { Database } from '../../server/db/database.js';
import { text } from '../../server/db/decode.js';
import type { Answer } from './app.js';

/** A way to ask as an administrator; rejects when no answer comes. */
export type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Answer>;

/** What happened under load. */
export interface Load {
  /** Names of partners whose creation was acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  /** Names of partners of which nobody knows: an error came, or nothing. */
  readonly unknown: ReadonlySet<string>;
  /** Codes of the errors that came, and what else went wrong. */
  readonly failures: ReadonlyMap<string, number>;
  /** Answers that were wrong; empty is right. */
  readonly wrong: readonly string[];
  /** How many questions were answered rightly. */
  readonly answers: number;
  /** The longest anybody waited for an answer of any kind, in seconds. */
  readonly slowest: number;
  /** Ends the load when what is under way has ended. */
  stop(): Promise<void>;
}

const [WRITERS, READERS] = [4, 8];
const CREATE = 'mutation($name: String!) { createPartner(input: { name: $name }) { partner { id } userErrors { message } } }';
const SEATS = '{ license(id: 1) { seats etag } dashboard { totalLicenses } }';
const UPDATE = 'mutation($etag: String!, $seats: Int!) { updateLicense(id: 1, etag: $etag, input: { seats: $seats }) { license { seats } userErrors { code } } }';

/**
 * Writers that create partners, one that raises the seats of round 1, the only one, and readers that expect to see at least what was acknowledged
 * before they asked, and at most what was asked for when they were answered.
 */
export function startLoad(ask: Ask): Load {
  const acknowledged = new Set<string>();
  const unknown = new Set<string>();
  const failures = new Map<string, number>();
  const wrong: string[] = [];
  let [isOver, answers, slowest] = [false, 0, 0];
  const seats = { acknowledged: 0, asked: 0 };

  /** The answer's data; null when none came. */
  const asked = async (query: string, variables?: Record<string, unknown>) => {
    const started = performance.now();
    const answer = await ask(query, variables).catch((error: unknown): Answer => ({ data: null, errors: [{ message: '', extensions: { code: String((error as Error).cause ?? error) } }] }) as never);
    slowest = Math.max(slowest, (performance.now() - started) / 1000);
    // A server that is closing answers 503 before anything is read.
    const code = answer.status === 503 && answer.errors === undefined ? 'HTTP 503' : (answer.errors?.[0]?.extensions?.['code'] as string | undefined);
    if (code === undefined) {
      answers += 1;
      return answer.data;
    }
    failures.set(code, (failures.get(code) ?? 0) + 1);
    // Nobody is helped by an instance that asks as fast as it is refused.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return null;
  };
  const create = async (writer: number) => {
    for (let n = 0; !isOver; n += 1) {
      const name = `Partner ${writer}-${n}`;
      unknown.add(name);
      const data = await asked(CREATE, { name });
      if (data?.createPartner.partner == null) continue;
      unknown.delete(name);
      acknowledged.add(name);
    }
  };
  const raise = async () => {
    while (!isOver) {
      const read = await asked(SEATS);
      if (read === null) continue;
      const next = read.license.seats + 1;
      seats.asked = Math.max(seats.asked, next);
      const data = await asked(UPDATE, { etag: read.license.etag, seats: next });
      if (data?.updateLicense.license?.seats === next) seats.acknowledged = next;
    }
  };
  const look = async () => {
    while (!isOver) {
      const least = seats.acknowledged;
      const data = await asked(SEATS);
      for (const [what, value] of data === null ? [] : [['license', data.license?.seats], ['dashboard', data.dashboard.totalLicenses]] as const) {
        if (!(value >= least && value <= seats.asked)) wrong.push(`${what}: ${value}, not ${least} to ${seats.asked}`);
      }
    }
  };
  const begin = async () => {
    const data = await asked(SEATS);
    seats.acknowledged = data?.license.seats ?? 0;
    seats.asked = seats.acknowledged;
  };
  const all = begin().then(() => Promise.all([raise(), ...Array.from({ length: WRITERS }, (_, n) => create(n)), ...Array.from({ length: READERS }, look)]));
  return {
    acknowledged, unknown, failures, wrong,
    get answers() { return answers; },
    get slowest() { return slowest; },
    stop: async () => {
      isOver = true;
      await all;
    },
  };
}

/** Everything that was acknowledged is there once, what nobody knows of once or not at all, and each has one entry in the history. Clears both away. */
export async function expectNothingLostOrTwice(database: Database, { acknowledged, unknown }: Load): Promise<void> {
  const rows = await database.read(sql`select p.name, p.n, (select count(*) from sw_audit_log a where a.entity = 'Partner' and a.entity_id = p.first_id and a.action = 'create') as entries
    from (select partner_name as name, count(*) as n, min(id) as first_id from partners group by partner_name) p`);
  const names = rows.map((row) => text(row, 'name'));
  expect(rows.filter((row) => Number(row['n']) !== 1 || Number(row['entries']) !== 1)).toEqual([]);
  expect([...acknowledged].filter((name) => !names.includes(name))).toEqual([]);
  expect(names.filter((name) => !acknowledged.has(name) && !unknown.has(name))).toEqual([]);
  const [{ n } = {}] = await database.read(sql`select count(*) as n from sw_audit_log where entity = 'Partner'`);
  expect(Number(n)).toBe(rows.length);
  await database.transaction(({ manager }) => manager.query('delete from partners'));
  await database.transaction(({ manager }) => manager.query("delete from sw_audit_log where entity = 'Partner'"));
}
