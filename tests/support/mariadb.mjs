import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

const READY_WITHIN_MS = 60_000;
const PORTS_TRIED = 3;

/**
 * A private server in a folder of its own, on a free port of the loopback, strict and with ONLY_FULL_GROUP_BY; null when
 * none is installed. Durability is off: it holds test data only.
 */
export async function startMariaDb(folder, options = []) {
  const program = onPath('mariadbd', 'mysqld');
  if (!program) return null;
  const data = join(folder, 'mariadb');
  mkdirSync(data, { recursive: true });
  if (!existsSync(join(data, 'mysql'))) initialise(program, data);
  for (let tries = 1; ; tries += 1) {
    const server = await run(program, data, options);
    if (server.isReady) return server;
    // The port was free a moment before: another program may have taken it since.
    if (!server.hasEnded || tries === PORTS_TRIED) throw new Error(`The test database did not start:\n${server.log}`);
  }
}

/** One attempt to start it, and what became of that. */
async function run(program, data, options) {
  const port = await freePort();
  const child = spawn(program, [
    '--no-defaults', `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(data, 's.sock')}`,
    `--pid-file=${join(data, 'pid')}`, '--skip-log-bin', '--innodb-flush-log-at-trx-commit=0', '--character-set-server=utf8mb4',
    '--sql-mode=STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY', ...asRoot(), ...options,
  ], { stdio: ['ignore', 'ignore', 'pipe'] });
  // A run that ends in an unforeseen error leaves no server behind.
  process.once('exit', () => child.kill('SIGTERM'));
  let log = '';
  child.stderr.on('data', (chunk) => { log = (log + chunk).slice(-4000); });
  const url = `mysql://root@127.0.0.1:${port}`;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const isReady = await answers(url, child);
  const hasEnded = child.exitCode !== null;
  if (!isReady) child.kill('SIGKILL');
  return { url, isReady, hasEnded, log, stop: async () => { child.kill('SIGTERM'); await ended; } };
}

function initialise(program, data) {
  const install = onPath('mariadb-install-db');
  const { status, stderr } = install
    ? spawnSync(install, ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...asRoot()])
    : spawnSync(program, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, ...asRoot()]);
  if (status !== 0) throw new Error(`The test database could not be made: ${stderr}`);
}

function asRoot() {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

/** True once it answers, false when it ends before or takes too long. */
async function answers(url, child) {
  const { createConnection } = await import('mysql2/promise');
  const until = Date.now() + READY_WITHIN_MS;
  while (child.exitCode === null && Date.now() < until) {
    try {
      const connection = await createConnection({ uri: url, connectTimeout: 1000 });
      await connection.end();
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return false;
}

function onPath(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
