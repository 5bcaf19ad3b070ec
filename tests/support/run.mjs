import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setUp } from '../../.scripts/setup.mjs';
import { startMariaDb } from './mariadb.mjs';

/**
 * `npm test`: set-up, a private MariaDB where one is installed, then jest. With SEATWISE_TEST_EVERYTHING=1 a missing
 * database or browser is a failure, and what depends on days runs again in two more time zones.
 */
setUp();

const everything = process.env.SEATWISE_TEST_EVERYTHING === '1';
// Databases of tests live in memory where the system offers it: they sync every write and are thrown away.
const memory = '/dev/shm';
const scratch = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'seatwise-test-'));
const mysql = process.env.TEST_MYSQL_URL ? { url: process.env.TEST_MYSQL_URL, stop: async () => {} } : await startMariaDb(scratch);
const chromium = process.env.TEST_CHROMIUM ?? findOnPath('chromium', 'chromium-browser', 'google-chrome');

report('MySQL/MariaDB', mysql?.url.replace(/\/\/.*@/, '//…@'), 'give TEST_MYSQL_URL or install mariadb-server');
report('browser', chromium, 'install chromium or give TEST_CHROMIUM');
if (everything && (!mysql || !chromium)) {
  await mysql?.stop();
  process.exit(1);
}

const args = process.argv.slice(2);
/** What depends on days; properties hold wherever the process runs, and are long. */
const ofDays = ['tests/reports', 'tests/api/licen', 'tests/api/unified', 'tests/unit/shapes', 'tests/license-check/zones', '--testPathIgnorePatterns', 'property'];
const runs = [{ zone: process.env.TZ ?? 'UTC', args }];
if (everything && args.length === 0) {
  for (const zone of ['America/New_York', 'Asia/Tokyo']) runs.push({ zone, args: ofDays });
}

const totals = { passed: 0, failed: 0, skipped: 0 };
let status = 0;
try {
  for (const [index, run] of runs.entries()) {
    console.error(`\nTests with TZ=${run.zone}`);
    const output = join(scratch, `jest-${index}.json`);
    status = Math.max(status, await jest(run, output));
    if (existsSync(output)) add(JSON.parse(readFileSync(output, 'utf8')));
  }
} finally {
  await mysql?.stop();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(status === 0 && totals.passed === 0 && args.length === 0 ? 1 : status);

function jest({ zone, args: jestArgs }, output) {
  const child = spawn(process.execPath, ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${output}`, ...jestArgs], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      TZ: zone,
      TMPDIR: scratch,
      NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
      ...(mysql ? { TEST_MYSQL_URL: mysql.url } : {}),
      ...(chromium ? { TEST_CHROMIUM: chromium } : {}),
    },
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

function add({ numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) {
  totals.passed += numPassedTests;
  totals.failed += numFailedTests + numRuntimeErrorTestSuites;
  totals.skipped += numPendingTests;
}

function findOnPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path) && spawnSync(path, ['--version']).status === 0);
}

function report(what, found, remedy) {
  console.error(found ? `Testing with ${what}: ${found}` : `Tests that need ${what} are not run: ${remedy}.`);
}
