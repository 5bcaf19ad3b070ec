import type mysql from 'mysql2';
import type { Config } from '../../config.js';
import { text } from '../decode.js';
import type { ReplicaUse, Row, SqlValue } from './dialect.js';
import { faultOf } from './mysql-faults.js';
import { CONNECT_TIMEOUT_MS, createPool, credentialsOf, execute, limitedRead, queues, schemaOf, valueFormats } from './mysql-pool.js';

/** How long a read waits for a replica to catch up before the primary answers it. */
const CATCH_UP_SECONDS = 0.5;
/** How much longer the replica's word may take: one that hangs holds nobody up. */
const WORD_WITHIN_MS = 1500;
/** How long a replica that was behind, or away, is left alone. */
const REST_MS = 2000;

/** A replica has not got everything that the primary had when it was asked. */
class Behind extends Error {}

interface Replica {
  pool: mysql.Pool;
  restsUntil: number;
}

/** What differs between the two families of servers: how far a server is, and how to wait for that. */
interface Positions {
  now: string;
  wait: string;
}

const mariaDb: Positions = { now: 'select @@global.gtid_binlog_pos as position', wait: 'select master_gtid_wait(?, ?) as missing' };
const mySql: Positions = { now: 'select @@global.gtid_executed as position', wait: 'select wait_for_executed_gtid_set(?, ?) as missing' };

/**
 * Replicas that answer reads as the primary would: one is read only once it has everything that the primary had when the read was
 * asked for, whoever wrote it, through whichever instance. Where it is behind, or away, the primary answers.
 */
export class Replicas {
  private readonly replicas: Replica[];
  private turn = 0;
  private positions: Promise<Positions> | null = null;
  /** The position that is being asked for, and the one that those wait for who came after it was. */
  private asked: Promise<unknown> = Promise.resolve();
  private next: Promise<string> | null = null;

  constructor(private readonly primary: mysql.Pool, config: Config) {
    this.replicas = config.DATABASE_REPLICA_URLS.map((address) => ({
      pool: createPool({
        ...credentialsOf(address), ...valueFormats, ...queues, database: config.OWN_SCHEMA ?? schemaOf(address), connectionLimit: config.DATABASE_POOL_SIZE, connectTimeout: CONNECT_TIMEOUT_MS,
      }, config),
      restsUntil: 0,
    }));
  }

  /** Throws when the primary does not say how far it is: no replica could be trusted. */
  async check(): Promise<void> {
    if (this.replicas.length === 0 || (await this.position()) !== '') return;
    throw new Error('DATABASE_REPLICA_URLS: the server of DATABASE_URL has no GTID position. It must write a binary log; MySQL also needs gtid_mode=ON.');
  }

  /** How many replicas answer, and how many are left alone; null: there are none. */
  use(): ReplicaUse | null {
    if (this.replicas.length === 0) return null;
    const used = this.replicas.filter((replica) => isReady(replica)).length;
    return { used, resting: this.replicas.length - used };
  }

  async read(statement: string, values: readonly SqlValue[], seconds: number): Promise<Row[]> {
    const replica = this.pick();
    if (replica === null) return limitedRead(this.primary, statement, values, seconds);
    const [{ wait }, position] = await Promise.all([this.family(), this.position()]);
    try {
      if (position === '') throw new Behind();
      return await limitedRead(replica.pool, statement, values, seconds, (connection) => caughtUp(connection, wait, position));
    } catch (error) {
      if (!(error instanceof Behind) && faultOf(error) !== 'unavailable') throw error;
      replica.restsUntil = performance.now() + REST_MS;
      return limitedRead(this.primary, statement, values, seconds);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map(({ pool }) => new Promise<void>((resolve) => pool.end(() => resolve()))));
  }

  private pick(): Replica | null {
    const ready = this.replicas.filter((replica) => isReady(replica));
    this.turn += 1;
    return ready[this.turn % Math.max(1, ready.length)] ?? null;
  }

  /** How far the primary is at a moment after this call. Those who come while it is being asked share the next answer. */
  private position(): Promise<string> {
    this.next ??= this.asked.then(() => this.askPosition(), () => this.askPosition());
    return this.next;
  }

  private askPosition(): Promise<string> {
    const asked = this.family().then(async ({ now }) => {
      const [row] = await ask(this.primary, now);
      return row === undefined ? '' : text(row, 'position');
    });
    this.asked = asked;
    this.next = null;
    return asked;
  }

  private family(): Promise<Positions> {
    this.positions ??= ask(this.primary, 'select version() as version').then(
      ([row]) => (text(row ?? {}, 'version').includes('MariaDB') ? mariaDb : mySql),
      (error: unknown) => {
        this.positions = null;
        throw error;
      },
    );
    return this.positions;
  }
}

function isReady({ restsUntil }: Replica): boolean {
  return performance.now() >= restsUntil;
}

/** Resolves when the replica has everything up to the position; throws Behind when it has not in time. */
async function caughtUp(connection: mysql.Connection, wait: string, position: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Behind()), WORD_WITHIN_MS);
  });
  try {
    const [row] = await Promise.race([execute(connection, wait, [position, CATCH_UP_SECONDS]), silence]);
    if (row?.['missing'] !== 0) throw new Behind();
  } finally {
    clearTimeout(timer);
  }
}

function ask(pool: mysql.Pool, statement: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    pool.query<mysql.RowDataPacket[]>(statement, (error, rows) => (error ? reject(error) : resolve(rows)));
  });
}
