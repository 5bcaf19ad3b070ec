import { LRUCache } from 'lru-cache';
import type mysql from 'mysql2';
import type { DataSource, EntityManager } from 'typeorm';
import type { SqlValue } from './dialect.js';
import { execute } from './mysql-pool.js';

/**
 * mysql2 turns the values of a statement into a packet once the one before is answered, and the database waits for that: for a fifth of
 * an import. Here the next statement is sent while the database is still at the one before. mysql2 has no option for it, so this says
 * what it knows of its inner parts.
 */
interface Wire {
  readonly _command: object | undefined;
  readonly _commands: { readonly length: number };
  write(bytes: Buffer): void;
  _bumpSequenceId(packets: number): void;
}

/** The execution of a prepared statement. `start` makes a packet of the values and writes it; what it gives back takes the answer. */
interface Execution {
  statement: object | undefined;
  _connection: Wire;
  once(event: 'end', listener: () => void): void;
  start(answer: undefined, wire: Wire): unknown;
}

interface Packet {
  readonly buffer: Buffer;
  length(): number;
  writeHeader(sequenceId: number): void;
}

/** What is larger goes in several parts, each with a header of its own. */
const LARGEST_PACKET = 0xffffff;
/** Statements of one connection that are known by their texts: an import has a handful, and they are long. */
const KNOWN_STATEMENTS = 20;

interface Pipeline {
  readonly statements: LRUCache<string, object>;
  readonly executions: WeakSet<object>;
}

const pipelines = new WeakMap<object, Pipeline>();

/**
 * A transaction whose inserts are sent before those ahead of them are answered. A deadlock ends a transaction on the server, which would
 * then commit by itself what is on its way already: without autocommit that begins another transaction, which is rolled back like the first.
 */
export async function pipelinedTransaction<T>(writer: DataSource, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  const runner = writer.createQueryRunner();
  const connection = (await runner.connect()) as mysql.PoolConnection;
  try {
    await runner.query('set autocommit = 0');
    pipelines.set(connection, { statements: new LRUCache({ max: KNOWN_STATEMENTS }), executions: new WeakSet() });
    await runner.startTransaction();
    const result = await work(runner.manager);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    // A connection that is lost takes its transaction with it.
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    pipelines.delete(connection);
    await runner.query('set autocommit = 1').catch(() => connection.destroy());
    await runner.release();
  }
}

/** Inserts rows inside a transaction; in one of the kind above, without waiting for the insert before. */
export function insert(connection: mysql.Connection, text: string, values: readonly (SqlValue | Uint8Array)[]): Promise<unknown> {
  const pipeline = pipelines.get(connection);
  return pipeline === undefined ? execute(connection, text, values) : executeAhead(connection, pipeline, text, values);
}

function executeAhead(connection: mysql.Connection, { statements, executions }: Pipeline, text: string, values: readonly (SqlValue | Uint8Array)[]): Promise<unknown> {
  const wire = connection as unknown as Wire;
  // Packets are answered in their order: nothing may wait between the insert that is running and this one.
  const isNext = wire._command !== undefined && executions.has(wire._command) && wire._commands.length === 0;
  return new Promise((resolve, reject) => {
    const execution = connection.execute(text, [...values], (error, result) => (error ? reject(error) : resolve(result))) as unknown as Execution;
    execution.once('end', () => { if (execution.statement !== undefined) statements.set(text, execution.statement); });
    executions.add(execution);
    const statement = statements.get(text);
    if (isNext && statement !== undefined) send(execution, statement, wire);
  });
}

/** Sends a statement that is to run next. When its turn comes, its answer is all that it waits for. */
function send(execution: Execution, statement: object, wire: Wire): void {
  let packet: Packet | undefined;
  execution.statement = statement;
  const answered = execution.start(undefined, Object.create(wire, { writePacket: { value: (made: Packet) => { packet = made; } } }) as Wire);
  execution._connection = wire;
  if (packet === undefined || packet.length() >= LARGEST_PACKET) return;
  packet.writeHeader(0);
  wire.write(packet.buffer);
  execution.start = () => {
    wire._bumpSequenceId(1);
    return answered;
  };
}
