import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Everything between a fresh clone and a running server: packages from the lockfile, generated types, compiled server,
 * built client. A step runs only when what it reads has changed since it last succeeded.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(root, 'node_modules', '.seatwise');

const steps = {
  packages: {
    says: 'Installing packages',
    reads: ['package-lock.json'],
    makes: ['node_modules/typeorm'],
    run: () => execute('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']),
  },
  types: {
    says: 'Generating types from the schema',
    reads: ['schema', 'client', 'codegen.ts', 'package-lock.json'],
    makes: ['server/graphql.generated.ts', 'server/persisted.generated.ts', 'client/api/generated/graphql.ts'],
    run: () => node(join('node_modules', '@graphql-codegen', 'cli', 'cjs', 'bin.js'), '--config', 'codegen.ts', '--silent'),
  },
  server: {
    says: 'Building the server',
    reads: ['server', 'server/persisted.generated.ts', 'schema', '.scripts/server.rolldown.mjs', 'package-lock.json'],
    makes: ['dist/server/index.js', 'dist/server/rollup-command.js', 'dist/server/sqlite-reader.js'],
    run: () => node(join('node_modules', 'rolldown', 'bin', 'cli.mjs'), '--config', '.scripts/server.rolldown.mjs', '--log-level', 'warn'),
  },
  client: {
    says: 'Building the client',
    reads: ['client', 'schema', 'package-lock.json'],
    makes: ['dist/client/index.html'],
    run: () => node(join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'),
  },
};

/** Runs the named steps, all by default, in order. */
export function setUp(names = Object.keys(steps)) {
  for (const name of names) {
    const { says, reads, makes, run } = steps[name];
    const stamp = join(stamps, name);
    const digest = digestOf(reads);
    const done = makes.every((path) => existsSync(join(root, path)));
    if (done && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) continue;
    console.error(`${says} …`);
    run();
    mkdirSync(stamps, { recursive: true });
    writeFileSync(stamp, digest);
  }
}

function digestOf(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const file of paths.flatMap((path) => filesBelow(join(root, path)))) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  if (path.endsWith(join('api', 'generated'))) return [];
  // What is generated has its sources among what is read, unless a step names the file itself.
  return readdirSync(path).filter((name) => !name.endsWith('.generated.ts')).sort().flatMap((name) => filesBelow(join(path, name)));
}

function node(...args) {
  execute(process.execPath, args);
}

function execute(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) throw error;
  if (status !== 0) {
    console.error(`Set-up stopped: ${[command, ...args].join(' ')} ended with ${status}.`);
    process.exit(status ?? 1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp(process.argv.slice(2).length > 0 ? process.argv.slice(2) : undefined);
