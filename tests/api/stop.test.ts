import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';

const SECRET = 'a secret of the tests, long enough for HS256';

/** The real entry, as a process of its own. */
describe('the process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-stop-'));
  let child: ChildProcess | undefined;
  let output = '';
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function start(environment: Record<string, string>): Promise<number | null> {
    output = '';
    child = spawn(process.execPath, ['--import', 'tsx', 'server/index.ts'], {
      stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '', DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', JWT_SECRET: SECRET, ...environment },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
    return new Promise((resolve) => child?.once('exit', resolve));
  }

  async function ready(): Promise<string> {
    for (let tries = 0; tries < 600; tries++) {
      const url = /ready: (http:\S+)/.exec(output)?.[1];
      if (url !== undefined) return url;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(output);
  }

  it('answers what is under way at SIGTERM and ends with 0 within 10 seconds', async () => {
    const ended = start({ DEMO: '0', ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: 'a long password' });
    const url = await ready();
    const post = (query: string) =>
      fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
    const signIn = 'mutation { signIn(input: { email: "admin@example.com", password: "a long password" }) { viewer { role } } }';
    expect(await (await post(signIn)).json()).toEqual({ data: { signIn: { viewer: { role: 'ADMIN' } } } });
    // Another process holds the database: the sign-in that follows has to wait for it.
    const other = new DatabaseSync(join(folder, 'seatwise.db'));
    other.exec('begin immediate');
    const underWay = post(signIn);
    // Asked after it: once this is answered, or has been waiting for long, the server has read the sign-in. It waits for the database for 5 s at most.
    const probe = fetch(`${url}/health/live`).then((response) => response.text(), () => undefined);
    // Browsers open connections before they need them. This one asks nothing, and must not be waited for.
    const unused = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
    await Promise.all([wait(700), Promise.race([probe, wait(3000)])]);
    const stopped = performance.now();
    child?.kill('SIGTERM');
    other.exec('rollback');
    other.close();
    const response = await underWay;
    expect([response.status, await response.json()]).toEqual([200, { data: { signIn: { viewer: { role: 'ADMIN' } } } }]);
    expect(await ended).toBe(0);
    expect(performance.now() - stopped).toBeLessThan(10_000);
    unused.destroy();
    await expect(post('{ __typename }')).rejects.toThrow();
  }, 90_000);

  it('does not start with a faulty configuration, and says all that is wrong', async () => {
    expect(await start({ DEMO: '0', PORT: 'x', REPORT_TIMEZONE: 'Mars', JWT_SECRET: 'short' })).toBe(1);
    for (const fault of ['PORT', 'REPORT_TIMEZONE', 'JWT_SECRET']) expect(output).toContain(fault);
    expect(output).not.toMatch(/\n\s+at |short/);
  }, 60_000);

  it('does not start, nor tell the password, when the database cannot be reached', async () => {
    expect(await start({ DEMO: '0', DATABASE_URL: 'mysql://root:hunter2@127.0.0.1:1/nothing' })).toBe(1);
    expect(output).toMatch(/127\.0\.0\.1:1/);
    expect(output).not.toContain('hunter2');
  }, 60_000);
});
