import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connection, ConnectionOptions, ResultSetHeader } from 'mysql2/promise';
import { driverProperty } from './driver-error.js';
import { lockConnection, lockName, WaitedTooLong, type Locks } from './mysql-locks.js';
import { UP_TO_DATE } from './mysql-pool.js';

/** How long a lease lasts that nobody renews: an instance or a node that was killed holds the others up for so long. */
const LASTS_SECONDS = 15;
const RENEWED_EVERY_MS = 4000;
/** When its holder gives it up for lost: early enough to have stopped before another takes it. */
const LOST_AFTER_MS = 10_000;
const [LOOK_AGAIN_MS, LOOKS] = [500, 120];

const NO_SUCH_TABLE = 1146;
/** Another node changed the row at the same time. */
const MET_ANOTHER = new Set([1213, 1205]);
const TRIES = 5;

/** Made where it is missing, not by a migration: migrations wait for such a lock. */
const CREATE = 'create table if not exists sw_leases (name varchar(64) not null primary key, holder char(36) null, ends_at datetime(3) not null)';
const OFFER = 'insert ignore into sw_leases (name, ends_at) values (?, utc_timestamp(3))';
const ENDS_AT = `utc_timestamp(3) + interval ${LASTS_SECONDS} second`;
const TAKE = `update sw_leases set holder = ?, ends_at = ${ENDS_AT} where name = ? and (holder is null or ends_at < utc_timestamp(3))`;
const RENEW = `update sw_leases set ends_at = ${ENDS_AT} where holder = ? and name = ?`;
const GIVE_BACK = 'update sw_leases set holder = null where holder = ? and name = ?';

/**
 * Locks for a cluster, where a server's own hold on that server only: rows that their holders renew. Two nodes that take the same
 * row at once meet when they commit, and one of them is refused. `credentials` name the schema of the table.
 */
export function leases(credentials: ConnectionOptions): Locks {
  const whileAlone: Locks['whileAlone'] = async (name, work) => {
    const lost = new AbortController();
    const connection = await lockConnection(credentials, (error) => lost.abort(error));
    const lease = [randomUUID(), lockName(name)] as const;
    try {
      await connection.query(`set ${UP_TO_DATE}`);
      if (!(await take(connection, lease))) return null;
      const renewal = renewing(connection, lease, lost);
      try {
        return { result: await work(lost.signal) };
      } finally {
        clearInterval(renewal);
        await changedRows(connection, GIVE_BACK, lease).catch(() => undefined);
      }
    } finally {
      connection.destroy();
    }
  };
  return {
    whileAlone,
    async locked(name, work) {
      for (let look = 0; look < LOOKS; look += 1) {
        const done = await whileAlone(name, work);
        if (done !== null) return done.result;
        await wait(LOOK_AGAIN_MS);
      }
      throw new WaitedTooLong();
    },
  };
}

/** The holder, anew for each taking, and the name. */
type Lease = readonly [holder: string, name: string];

async function take(connection: Connection, lease: Lease, tries = TRIES): Promise<boolean> {
  try {
    await changedRows(connection, OFFER, [lease[1]]);
    return (await changedRows(connection, TAKE, lease)) === 1;
  } catch (error) {
    const number = Number(driverProperty(error, 'errno'));
    if (number === NO_SUCH_TABLE) await connection.query(CREATE);
    else if (!MET_ANOTHER.has(number)) throw error;
    // It was given back just now, or taken: a second look tells.
    return tries > 1 && take(connection, lease, tries - 1);
  }
}

function renewing(connection: Connection, lease: Lease, lost: AbortController): NodeJS.Timeout {
  let renewedAt = performance.now();
  const renew = async () => {
    const began = performance.now();
    if (began - renewedAt > LOST_AFTER_MS) throw new Error('The lease could not be renewed in time');
    if ((await changedRows(connection, RENEW, lease)) === 0) throw new Error('Another instance has taken the lease');
    renewedAt = began;
  };
  const timer = setInterval(() => void renew().catch((error: unknown) => lost.abort(error)), RENEWED_EVERY_MS);
  return timer.unref();
}

async function changedRows(connection: Connection, statement: string, values: readonly string[]): Promise<number> {
  const [{ affectedRows }] = await connection.query<ResultSetHeader>(statement, [...values]);
  return affectedRows;
}
