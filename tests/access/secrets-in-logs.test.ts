import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';

const JWT_SECRET = 'a secret of the tests, long enough for HS256';
const PASSWORD = 'a-password-that-nobody-logs';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The real entry, as a process of its own, at the most talkative level. */
describe('the log at level trace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-log-'));
  let child: ChildProcess;
  let output = '';
  let url = '';
  beforeAll(async () => {
    child = spawn(process.execPath, ['--import', 'tsx', 'server/index.ts'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env, NODE_OPTIONS: '', DATA_DIR: folder, PORT: '0', DEMO: '0', LOG_LEVEL: 'trace', JWT_SECRET, DATABASE_URL: '',
        ADMIN_EMAIL: 'admin@example.com', ADMIN_PASSWORD: PASSWORD,
      },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
    for (const end = Date.now() + 60_000; url === '' && Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
      url = /ready: (http:\S+)/.exec(output)?.[1] ?? '';
    }
    expect(output).toContain('ready');
  }, 90_000);
  afterAll(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const post = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query }) });
  const signIn = (password: string) => post(`mutation { signIn(input: { email: "admin@example.com", password: "${password}" }) { accessToken } }`);
  async function logged(text: string): Promise<void> {
    for (const end = Date.now() + 10_000; !output.includes(text) && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(output).toContain(text);
  }

  it('names requests and failures, and no password, token, hash, cookie or query', async () => {
    const answer = await signIn(PASSWORD);
    const { accessToken } = ((await answer.json()) as { data: { signIn: { accessToken: string } } }).data.signIn;
    const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? '';
    await signIn('a-wrong-password-that-nobody-logs');
    await post('{ viewer { email } }', { authorization: `Bearer ${accessToken}`, cookie });
    await post('{ viewer { email } }', { authorization: 'Bearer swt_a-token-that-opens-nothing' });
    await post('{ viewer { email } }', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.' });
    const refreshed = await post('mutation { refreshSession { accessToken } }', { cookie });
    const secondCookie = (refreshed.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? '';
    await fetch(`${url}/graphql?query=${encodeURIComponent('{ viewer { email } } #secret-in-an-address')}`, { headers: { 'apollo-require-preflight': '1' } });
    await fetch(`${url}/embed/overview?token=swe_a-token-in-an-address`);
    await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"secret-in-a-broken-body' });
    // A statement that fails carries its values in the driver's error: here the hash of a new refresh token.
    const database = new DatabaseSync(join(folder, 'seatwise.db'));
    database.exec('alter table sw_refresh_tokens rename to sw_refresh_tokens_away');
    database.close();
    const failed = (await (await signIn(PASSWORD)).json()) as { errors: { extensions: { code: string } }[] };
    expect(failed.errors[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    await logged('a resolver failed');
    await logged('sw_refresh_tokens');
    await logged('/embed/overview');

    const valueOf = (text: string) => text.split('=')[1] ?? '';
    const [token, secondToken] = [valueOf(cookie), valueOf(secondCookie)];
    const secrets = {
      PASSWORD, JWT_SECRET, accessToken, token, secondToken, hash: sha256(token), secondHash: sha256(secondToken), wrong: 'a-wrong-password', passwordHash: '$argon2',
      apiToken: 'swt_a-token', embedToken: 'swe_a-token', foreignToken: 'eyJhbGciOiJub25lIn0', query: 'secret-in-an-address', body: 'secret-in-a-broken-body',
    };
    expect(Object.values(secrets).every((secret) => secret.length > 6)).toBe(true);
    expect(Object.entries(secrets).filter(([, secret]) => output.includes(secret)).map(([name]) => name)).toEqual([]);
    // Whatever the failed statement carried: no text of 40 and more hexadecimal digits.
    expect(/[0-9a-f]{40}/.exec(output)).toBeNull();
  }, 60_000);
});
