import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { eventually } from './eventually.js';

const SERVER = '/usr/sbin/mariadbd';
const PROVIDER = '/usr/lib/galera/libgalera_smm.so';
const NEEDED = [SERVER, PROVIDER, '/usr/bin/mariabackup', '/usr/bin/socat'];
/** Nodes that fall silent are left out after seconds, as in a cluster of one data centre. */
const TIMES = 'evs.keepalive_period=PT0.5S;evs.suspect_timeout=PT2S;evs.inactive_timeout=PT4S;pc.recovery=false';
const JOINED_WITHIN_MS = 120_000;

/** A node of a cluster. */
export interface Node {
  /** `mysql://root@…`, without a schema. */
  url: string;
  /** Joins the cluster unless it is in it, and resolves when it has everything. */
  start(): Promise<void>;
  /** As by a crash: no goodbye. */
  kill(): Promise<void>;
}

/** A suite that needs a cluster; reported as skipped where what it is made of is not installed. */
export function onGalera(title: string, body: () => void): void {
  const missing = NEEDED.filter((path) => !existsSync(path));
  if (missing.length === 0) describe(title, body);
  else describe.skip(`${title} (missing: ${missing.join(', ')}; install galera-4, mariadb-backup and socat)`, body);
}

/** Starts a Galera cluster on the loopback, each node with everything. */
export async function startCluster(size: number): Promise<{ nodes: Node[]; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-cluster-'));
  const places = await Promise.all(Array.from({ length: size }, async (_, n) => ({ data: join(folder, String(n)), sql: await freePort(), group: await freePort(), changes: await freePort(), copy: await freePort() })));
  const address = `gcomm://${places.map(({ group }) => `127.0.0.1:${group}`).join(',')}`;
  const nodes: Member[] = [];
  for (const place of places) {
    const node = new Member(place, nodes.length === 0 ? 'gcomm://' : address);
    await node.start();
    // Whoever was first joins the others when it comes again.
    node.cluster = address;
    nodes.push(node);
  }
  return {
    nodes,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Place {
  data: string;
  sql: number;
  group: number;
  changes: number;
  copy: number;
}

class Member implements Node {
  private child: ChildProcess | undefined;

  constructor(private readonly place: Place, public cluster: string) {}

  get url(): string {
    return `mysql://root@127.0.0.1:${this.place.sql}`;
  }

  async start(): Promise<void> {
    if (this.isRunning) return;
    const { data, sql, group, changes, copy } = this.place;
    if (!existsSync(data)) {
      mkdirSync(data);
      const { status, stderr } = spawnSync('mariadb-install-db', ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', '--user=root']);
      if (status !== 0) throw new Error(`A node could not be made: ${stderr.toString()}`);
    }
    let log = '';
    const child = spawn(SERVER, [
      '--no-defaults', `--datadir=${data}`, `--port=${sql}`, '--bind-address=127.0.0.1', `--socket=${data}.sock`, `--pid-file=${data}.pid`, '--user=root', '--character-set-server=utf8mb4',
      '--sql-mode=STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY',
      '--binlog-format=row', '--innodb-autoinc-lock-mode=2', '--innodb-flush-log-at-trx-commit=1',
      '--wsrep-on=ON', `--wsrep-provider=${PROVIDER}`, `--wsrep-cluster-address=${this.cluster}`, '--wsrep-node-address=127.0.0.1', `--wsrep-node-name=${data}`,
      '--wsrep-sst-method=mariabackup', '--wsrep-sst-auth=root:', `--wsrep-sst-receive-address=127.0.0.1:${copy}`,
      `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${group};ist.recv_addr=127.0.0.1:${changes};gcache.size=64M;${TIMES}`,
    ], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    child.stderr.on('data', (chunk: Buffer) => { log = (log + chunk.toString()).slice(-4000); });
    process.once('exit', () => child.kill('SIGKILL'));
    this.child = child;
    await eventually(async () => expect(await this.state()).toBe('Synced'), JOINED_WITHIN_MS).catch((error: unknown) => {
      throw new Error(`A node did not join its cluster:\n${log}`, { cause: error });
    });
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined || !this.isRunning) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // With the programs that it copies by.
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await ended;
  }

  private get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What the node says of itself; null while it says nothing. */
  private async state(): Promise<string | null> {
    const connection = await createConnection({ uri: this.url, connectTimeout: 1000 }).catch(() => null);
    try {
      const found = await connection?.query("show status like 'wsrep_local_state_comment'");
      return (found?.[0] as { Value: string }[] | undefined)?.[0]?.Value ?? null;
    } catch {
      return null;
    } finally {
      connection?.destroy();
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
