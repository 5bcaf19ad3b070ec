import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';
import { startMariaDb } from './mariadb.mjs';

/** A server of the test's own behind a gate: it can be killed, started again at the same address, and cut off. */
export interface OwnMariaDb {
  /** `mysql://root@…`, without a schema. */
  url: string;
  /** As by a crash or the kernel: no goodbye. */
  kill(): Promise<void>;
  /** `changed`: options that stand in place of those of before. */
  start(changed?: string[]): Promise<void>;
  /** From now on nothing passes, and nobody is told, as when the network is gone or the server hangs. */
  freeze(): void;
  thaw(): void;
  /** The server itself stands still, and goes on where it was; connections stay. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** A suite that needs a server of its own; reported as skipped where none is installed. */
export function onOwnMariaDb(title: string, body: () => void): void {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  const installed = folders.some((folder) => ['mariadbd', 'mysqld'].some((name) => existsSync(join(folder, name))));
  if (installed) describe(title, body);
  else describe.skip(`${title} (mariadb-server is not installed)`, body);
}

/** `options`: of the server's command line. */
export async function startOwnMariaDb(options: string[] = []): Promise<OwnMariaDb> {
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-own-'));
  let port = 0;
  let stopServer = async () => {};
  let frozen = false;
  const sockets = new Set<Socket>();
  const gate: Server = createServer((client) => {
    if (port === 0) return client.resetAndDestroy();
    const server = connect(port, '127.0.0.1');
    for (const [from, to] of [[client, server], [server, client]] as const) {
      sockets.add(from);
      from.on('data', (data) => frozen || to.write(data)).on('error', () => to.destroy());
      from.on('close', () => { to.destroy(); sockets.delete(from); });
    }
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));

  const start = async (changed: string[] = []) => {
    // What it acknowledges must survive being killed.
    const server = await startMariaDb(folder, ['--innodb-flush-log-at-trx-commit=1', ...options, ...changed]);
    if (server === null) throw new Error('MariaDB is not installed');
    port = Number(new URL(server.url).port);
    stopServer = server.stop;
  };
  await start();
  const signal = (name: NodeJS.Signals) => process.kill(Number(readFileSync(join(folder, 'mariadb', 'pid'), 'utf8')), name);
  return {
    url: `mysql://root@127.0.0.1:${(gate.address() as AddressInfo).port}`,
    start,
    kill: async () => {
      signal('SIGKILL');
      port = 0;
      await stopServer();
      for (const socket of sockets) socket.resetAndDestroy();
    },
    freeze: () => void (frozen = true),
    thaw: () => {
      frozen = false;
      for (const socket of sockets) socket.destroy();
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      gate.close();
      await stopServer();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
