import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sql } from 'sql-template-tag';
import { ensureDemoAccounts, ensureFirstAdministrator } from '../../server/auth/accounts.js';
import { AccountEntity, RefreshTokenEntity, SessionEntity, type AccountRecord } from '../../server/auth/entity.js';
import { hashPassword } from '../../server/auth/passwords.js';
import { deleteExpiredSessions } from '../../server/auth/session-store.js';
import { Sessions, type IssuedSession, type SessionOutcome } from '../../server/auth/sessions.js';
import { readConfig, type Config } from '../../server/config.js';
import { Database } from '../../server/db/database.js';

const now = new Date('2026-03-01T12:00:00.250Z');
const after = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);
const MINUTE = 60_000;
const DAY = 86_400_000;
const password = 'correct horse battery staple';
const address = '192.0.2.1';

const schema = `sw_sessions_${randomBytes(4).toString('hex')}`;
const server = process.env['TEST_MYSQL_URL'];
const databases: [string, NodeJS.ProcessEnv][] = [['SQLite', {}]];
if (server) {
  databases.push(['MariaDB', { DATABASE_URL: new URL(schema, `${server.replace(/\/*$/, '')}/`).href, APP_LOG_TABLE: `${schema}_fido1.app_log` }]);
}

describe.each(databases)('sessions on %s', (_name, environment) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'seatwise-sessions-'));
  const settings = (more: NodeJS.ProcessEnv = {}): Config =>
    readConfig({ DATA_DIR: dataDir, DEMO: '0', JWT_SECRET: 'a-secret-of-the-tests-with-more-than-32-bytes', ...environment, ...more });
  const config = settings();
  let database: Database;
  let sessions: Sessions;
  let passwordHash: string;
  let numberOfAccounts = 0;

  beforeAll(async () => {
    database = await Database.open(config);
    await database.migrate();
    passwordHash = await hashPassword(password);
  });

  afterAll(async () => {
    if (config.DATABASE_URL !== undefined) {
      for (const name of [schema, `${schema}_fido1`]) {
        await database.transaction(({ manager }) => manager.query(`drop database if exists \`${name}\``));
      }
    }
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Each test has a throttle of its own; accounts are new ones, so that tests do not meet. */
  beforeEach(() => {
    sessions = new Sessions(database, config);
  });

  async function account(values: Partial<AccountRecord> = {}): Promise<string> {
    numberOfAccounts += 1;
    const email = `person-${numberOfAccounts}@example.org`;
    await database.transaction(({ manager }) =>
      manager.insert(AccountEntity, {
        email, displayName: 'A person', passwordHash, role: 'ANALYST', partnerId: null, companyId: null, disabled: 0, createdAt: now, ...values,
      }),
    );
    return values.email ?? email;
  }

  const change = (email: string, values: Partial<AccountRecord>) =>
    database.transaction(({ manager }) => manager.update(AccountEntity, { email }, values));
  const signIn = (email: string, more: { password?: string; address?: string; now?: Date } = {}, by = sessions) =>
    by.signIn({ email, password, address, now, ...more });

  function opened(outcome: SessionOutcome): IssuedSession {
    if (outcome.kind !== 'session') throw new Error(`Refused: ${outcome.error.code}`);
    return outcome;
  }

  function codeOf(outcome: SessionOutcome): string {
    return outcome.kind === 'session' ? 'SESSION' : outcome.error.code;
  }

  const kindOf = async (token: string, at = now, by = sessions) => (await by.viewerOf(token, at)).kind;
  const sessionRow = (id: string) =>
    database.transaction(({ manager }) => manager.findOneByOrFail(SessionEntity, { id }));

  describe('sign-in', () => {
    it('opens a session, letter case and blanks around the e-mail aside', async () => {
      const email = await account({ displayName: 'Ada Lovelace' });
      const { accessToken, expiresAt, refreshToken, viewer } = opened(await signIn(` ${email.toUpperCase()} `));
      expect(expiresAt.toISOString()).toBe('2026-03-01T12:15:00.000Z');
      expect(viewer).toMatchObject({ kind: 'account', email, displayName: 'Ada Lovelace', role: 'ANALYST', scope: { kind: 'everything' } });
      expect(await sessions.viewerOf(accessToken, now)).toEqual(viewer);
      const session = await sessionRow(viewer.sessionId);
      expect(session).toMatchObject({ accountId: viewer.accountId, createdAt: now, expiresAt: after(30 * DAY), revokedAt: null });
      const tokens = await database.transaction(({ manager }) => manager.findBy(RefreshTokenEntity, { sessionId: viewer.sessionId }));
      expect(tokens).toHaveLength(1);
      expect(JSON.stringify(tokens)).not.toContain(refreshToken);
    });

    it('answers a wrong password, an unknown, a disabled and an incomplete account with the same words', async () => {
      const [good, disabled, partner] = [await account(), await account({ disabled: 1 }), await account({ role: 'PARTNER' })];
      const answers = [
        await signIn(good, { password: 'wrong' }),
        await signIn('nobody@example.org'),
        await signIn(disabled),
        await signIn(partner),
        await signIn(good, { password: '' }),
        await signIn(good, { password: `${password}${'x'.repeat(5000)}` }),
        await signIn(`${'x'.repeat(100_000)}@example.org`),
        await signIn(''),
      ];
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(codeOf(answers[0] as SessionOutcome)).toBe('WRONG_CREDENTIALS');
    });

    it('takes as long for an unknown as for a known account', async () => {
      const known = await account();
      const patient = new Sessions(database, settings({ SIGN_IN_ATTEMPTS: '1000' }));
      const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
      await signIn('warm-up@example.org', { password: 'wrong' }, patient);
      for (let round = 0; round < 15; round += 1) {
        for (const [kind, email] of [['known', known], ['unknown', `unknown-${round}@example.org`]] as const) {
          const started = performance.now();
          await signIn(email, { password: 'wrong' }, patient);
          times[kind].push(performance.now() - started);
        }
      }
      const median = (values: number[]) => values.sort((a, b) => a - b)[7] ?? NaN;
      // Without the decoy an unknown account answers twenty times faster.
      expect(median(times.unknown) / median(times.known)).toBeGreaterThan(0.6);
      expect(median(times.unknown) / median(times.known)).toBeLessThan(1.7);
    });

    it('takes e-mails literally: what a collation finds equal does not open, or each spelling had its own guesses', async () => {
      const email = await account({ email: 'renee@example.org' });
      for (const spelling of ['renée@example.org', 'renee@example.org\u0000', 'renee%', "' or 1=1 -- "]) {
        expect(codeOf(await signIn(spelling))).toBe('WRONG_CREDENTIALS');
      }
      expect(codeOf(await signIn(email))).toBe('SESSION');
    });

    it.each([
      ['PARTNER', { partnerId: 7, companyId: null }, { kind: 'partner', partnerId: 7 }],
      ['COMPANY', { partnerId: 3, companyId: 9 }, { kind: 'company', companyId: 9 }],
      ['VIEWER', { partnerId: 3, companyId: 9 }, { kind: 'everything' }],
    ] as const)('gives a %s the scope of its account row', async (role, ids, scope) => {
      const { viewer, accessToken } = opened(await signIn(await account({ role, ...ids })));
      expect(viewer.scope).toEqual(scope);
      expect(await sessions.viewerOf(accessToken, now)).toMatchObject({ role, scope });
    });

    it.each([
      ['a PARTNER without partner', { role: 'PARTNER', companyId: 1 }],
      ['a PARTNER of partner 0', { role: 'PARTNER', partnerId: 0 }],
      ['a COMPANY without company', { role: 'COMPANY', partnerId: 1 }],
      ['an unknown role', { role: 'OWNER' as 'ADMIN' }],
      ['a role named like a property of objects', { role: 'constructor' as 'ADMIN' }],
      ['a role in lower case', { role: 'admin' as 'ADMIN' }],
    ] as [string, Partial<AccountRecord>][])('fails closed for %s', async (_case, values) => {
      expect(codeOf(await signIn(await account(values)))).toBe('WRONG_CREDENTIALS');
    });
  });

  describe('throttling', () => {
    it('blocks an account after the failures allowed, from any address, the right password included', async () => {
      const email = await account();
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        expect(codeOf(await signIn(email, { password: 'wrong', address: `192.0.2.${attempt}` }))).toBe('WRONG_CREDENTIALS');
      }
      expect(await signIn(email.toUpperCase(), { address: '198.51.100.1' })).toEqual({
        kind: 'refused',
        error: { field: [], code: 'THROTTLED', message: 'Too many attempts. Try again in 15 minutes.' },
      });
      expect(codeOf(await signIn(await account()))).toBe('SESSION');
    });

    it('refuses before any password is hashed, for unknown accounts too', async () => {
      for (let attempt = 1; attempt <= 5; attempt += 1) await signIn('ghost@example.org');
      const started = performance.now();
      for (let attempt = 1; attempt <= 40; attempt += 1) expect(codeOf(await signIn('ghost@example.org'))).toBe('THROTTLED');
      // Forty hashes would take half a second at least.
      expect(performance.now() - started).toBeLessThan(200);
    });

    it('lets no more guesses through when they come at once', async () => {
      const email = await account();
      const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(email, { password: 'wrong' })));
      expect(answers.filter((answer) => codeOf(answer) === 'WRONG_CREDENTIALS')).toHaveLength(5);
    });

    it('counts consecutive failures: a success starts the account afresh', async () => {
      const email = await account();
      for (let round = 0; round < 3; round += 1) {
        for (let attempt = 1; attempt <= 4; attempt += 1) await signIn(email, { password: 'wrong' });
        expect(codeOf(await signIn(email))).toBe('SESSION');
      }
    });

    it('blocks an address at ten times the failures, and a success there does not help it', async () => {
      const once = new Sessions(database, settings({ SIGN_IN_ATTEMPTS: '1' }));
      const own = await account();
      for (let attempt = 1; attempt <= 10; attempt += 1) {
        expect(codeOf(await signIn(`guess-${attempt}@example.org`, {}, once))).toBe('WRONG_CREDENTIALS');
        if (attempt < 10) expect(codeOf(await signIn(own, {}, once))).toBe('SESSION');
      }
      expect(codeOf(await signIn(own, {}, once))).toBe('THROTTLED');
      expect(codeOf(await signIn(own, { address: '203.0.113.5' }, once))).toBe('SESSION');
    });

    it('does not count attempts that failed for want of the database', async () => {
      const broken = Object.create(database) as Database;
      let away = true;
      broken.read = async <T extends Record<string, unknown>>(statement: Sql) => {
        if (away) throw new Error('gone');
        return database.read<T>(statement);
      };
      const process = new Sessions(broken, config);
      const email = await account();
      for (let attempt = 1; attempt <= 8; attempt += 1) await expect(signIn(email, {}, process)).rejects.toThrow('gone');
      away = false;
      expect(codeOf(await signIn(email, {}, process))).toBe('SESSION');
    });

    it('takes an IPv6 network for one address', async () => {
      const once = new Sessions(database, settings({ SIGN_IN_ATTEMPTS: '1' }));
      for (let attempt = 1; attempt <= 10; attempt += 1) await signIn(`v6-${attempt}@example.org`, { address: `2001:db8:0:1::${attempt}` }, once);
      const own = await account();
      expect(codeOf(await signIn(own, { address: '2001:0DB8::1:a:b:c:d' }, once))).toBe('THROTTLED');
      expect(codeOf(await signIn(own, { address: '2001:db8:0:2::1' }, once))).toBe('SESSION');
    });
  });

  describe('refresh', () => {
    it('exchanges the token for a new pair; the session ends when it would have ended', async () => {
      const first = opened(await signIn(await account()));
      const second = opened(await sessions.refresh(first.refreshToken, after(10 * MINUTE)));
      expect(second.refreshToken).not.toBe(first.refreshToken);
      expect(second.viewer).toEqual(first.viewer);
      expect(second.expiresAt.toISOString()).toBe('2026-03-01T12:25:00.000Z');
      expect(await kindOf(second.accessToken, after(24 * MINUTE))).toBe('account');
      const third = opened(await sessions.refresh(second.refreshToken, after(30 * DAY - MINUTE)));
      expect(third.expiresAt.toISOString()).toBe('2026-03-31T12:00:00.000Z');
      expect(codeOf(await sessions.refresh(third.refreshToken, after(30 * DAY)))).toBe('SESSION_ENDED');
    });

    it('ends the whole session when a token is used a second time, its successors included', async () => {
      const first = opened(await signIn(await account()));
      const second = opened(await sessions.refresh(first.refreshToken, after(MINUTE)));
      expect(await kindOf(second.accessToken, after(MINUTE))).toBe('account');
      expect(codeOf(await sessions.refresh(first.refreshToken, after(MINUTE)))).toBe('SESSION_ENDED');
      expect(await kindOf(second.accessToken, after(MINUTE))).toBe('anonymous');
      expect(codeOf(await sessions.refresh(second.refreshToken, after(MINUTE)))).toBe('SESSION_ENDED');
      expect(await sessionRow(first.viewer.sessionId)).toMatchObject({ revokedAt: after(MINUTE), revokedBecause: 'refresh-token-reused' });
    });

    it('lets one of many simultaneous uses win at most, and ends the session', async () => {
      const other = new Sessions(database, config);
      for (let round = 0; round < 5; round += 1) {
        const first = opened(await signIn(await account()));
        const answers = await Promise.all(
          Array.from({ length: 8 }, (_, index) => (index % 2 ? other : sessions).refresh(first.refreshToken, after(MINUTE))),
        );
        expect(answers.map(codeOf).sort()).toEqual(['SESSION', ...Array<string>(7).fill('SESSION_ENDED')]);
        const winner = opened(answers.find(({ kind }) => kind === 'session') as SessionOutcome);
        expect(await kindOf(winner.accessToken, after(MINUTE))).toBe('anonymous');
        expect(codeOf(await sessions.refresh(winner.refreshToken, after(2 * MINUTE)))).toBe('SESSION_ENDED');
        expect((await sessionRow(first.viewer.sessionId)).revokedBecause).toBe('refresh-token-reused');
      }
    });

    it('leaves other sessions of the account alone', async () => {
      const email = await account();
      const [one, two] = [opened(await signIn(email)), opened(await signIn(email))];
      await sessions.refresh(one.refreshToken, now);
      await sessions.refresh(one.refreshToken, now);
      expect(codeOf(await sessions.refresh(two.refreshToken, now))).toBe('SESSION');
    });

    it.each([null, '', 'x'.repeat(43), 'x'.repeat(1_000_000), "' or '1'='1"])('answers what was never issued like an ended session', async (token) => {
      expect(await sessions.refresh(token, now)).toEqual({
        kind: 'refused',
        error: { field: [], code: 'SESSION_ENDED', message: 'The session has ended. Sign in again.' },
      });
    });
  });

  describe('the viewer of a token', () => {
    it('is nobody without a valid token of an open session', async () => {
      const { accessToken } = opened(await signIn(await account()));
      expect(await sessions.viewerOf(null, now)).toEqual({ kind: 'anonymous' });
      expect(await kindOf(`${accessToken.slice(0, -2)}AA`)).toBe('anonymous');
      expect(await kindOf(accessToken, after(15 * MINUTE))).toBe('anonymous');
      const stranger = new Sessions(database, settings({ JWT_SECRET: 'another-secret-of-the-tests-of-good-length' }));
      expect(await kindOf(accessToken, now, stranger)).toBe('anonymous');
      const elsewhere = new Sessions(database, settings({ JWT_AUDIENCE: 'elsewhere' }));
      expect(await kindOf(accessToken, now, elsewhere)).toBe('anonymous');
    });

    it('is nobody at once after signing out, here, and within two seconds in other processes', async () => {
      const other = new Sessions(database, config);
      const { accessToken, refreshToken, viewer } = opened(await signIn(await account()));
      expect(await kindOf(accessToken)).toBe('account');
      expect(await kindOf(accessToken, now, other)).toBe('account');
      await sessions.signOut(viewer.sessionId, now);
      expect(await kindOf(accessToken)).toBe('anonymous');
      expect(await kindOf(accessToken, after(2000), other)).toBe('anonymous');
      expect(codeOf(await sessions.refresh(refreshToken, now))).toBe('SESSION_ENDED');
      await sessions.signOut(viewer.sessionId, after(MINUTE));
      expect(await sessionRow(viewer.sessionId)).toMatchObject({ revokedAt: now, revokedBecause: 'signed-out' });
    });

    it('does not come back when the session ends while it is being looked up', async () => {
      let reading = (): void => undefined;
      const readingBegan = new Promise<void>((resolve) => { reading = resolve; });
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => { release = resolve; });
      // A database whose answers arrive late, as over a slow network.
      const slow = Object.create(database) as Database;
      slow.read = async <T extends Record<string, unknown>>(statement: Sql) => {
        const rows = await database.read<T>(statement);
        reading();
        await released;
        return rows;
      };
      const { accessToken, viewer } = opened(await signIn(await account()));
      const process = new Sessions(slow, config);
      const lookup = kindOf(accessToken, now, process);
      await readingBegan;
      await process.signOut(viewer.sessionId, now);
      release();
      await lookup;
      expect(await kindOf(accessToken, now, process)).toBe('anonymous');
    });

    it('stops when the account is disabled, for refreshing too', async () => {
      const email = await account();
      const { accessToken, refreshToken } = opened(await signIn(email));
      expect(await kindOf(accessToken)).toBe('account');
      await change(email, { disabled: 1 });
      expect(await kindOf(accessToken, after(2000))).toBe('anonymous');
      expect(codeOf(await sessions.refresh(refreshToken, after(2000)))).toBe('SESSION_ENDED');
    });

    it('has the role and the scope that the account row has now', async () => {
      const email = await account({ role: 'ADMIN' });
      const { accessToken } = opened(await signIn(email));
      expect((await sessions.viewerOf(accessToken, now)) as object).toMatchObject({ role: 'ADMIN' });
      await change(email, { role: 'PARTNER', partnerId: 5 });
      const viewer = await sessions.viewerOf(accessToken, after(2000));
      expect(viewer).toMatchObject({ role: 'PARTNER', scope: { kind: 'partner', partnerId: 5 } });
      expect(viewer.kind === 'account' && viewer.permissions.has('WRITE_LICENSES')).toBe(false);
      await change(email, { partnerId: null });
      expect(await kindOf(accessToken, after(4000))).toBe('anonymous');
    });

    it('is read from the database once in two seconds, and again when the clock was set back', async () => {
      const email = await account();
      const { accessToken } = opened(await signIn(email));
      const nameAt = async (at: Date) => {
        const viewer = await sessions.viewerOf(accessToken, at);
        return viewer.kind === 'account' ? viewer.displayName : null;
      };
      expect(await nameAt(after(100))).toBe('A person');
      await change(email, { displayName: 'Renamed' });
      expect(await nameAt(after(2099))).toBe('A person');
      expect(await nameAt(after(2100))).toBe('Renamed');
      await change(email, { displayName: 'Again' });
      expect(await nameAt(after(2000))).toBe('Again');
    });
  });

  describe('accounts made at start', () => {
    const administrator = { ADMIN_EMAIL: 'Root@Example.org', ADMIN_PASSWORD: 'a first password' };
    const demo = settings({ DEMO: '1', DEMO_PASSWORD: 'seatwise-demo' });

    it('are made once by two instances starting together, and never changed', async () => {
      const made = await Promise.all([1, 2].map(() => ensureFirstAdministrator(database, settings(administrator), now)));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await ensureFirstAdministrator(database, settings({ ...administrator, ADMIN_PASSWORD: 'another password' }), now)).toBe(false);
      expect(opened(await signIn('root@example.org', { password: 'a first password' })).viewer.role).toBe('ADMIN');
      expect(codeOf(await signIn('root@example.org', { password: 'another password' }))).toBe('WRONG_CREDENTIALS');
      expect(await ensureFirstAdministrator(database, config, now)).toBe(false);
    });

    it('exist for the demo only, and open nothing when its data is served without the demo', async () => {
      expect(await ensureDemoAccounts(database, config, now)).toBe(0);
      const made = await Promise.all([1, 2].map(() => ensureDemoAccounts(database, demo, now)));
      expect(made.reduce((sum, count) => sum + count, 0)).toBe(5);
      const inDemo = new Sessions(database, demo);
      const answers = await Promise.all(
        ['admin', 'analyst', 'viewer', 'partner', 'company'].map((name) => signIn(`${name}@seatwise.example`, { password: 'seatwise-demo' }, inDemo)),
      );
      expect(answers.map((answer) => opened(answer).viewer.scope)).toEqual([
        { kind: 'everything' }, { kind: 'everything' }, { kind: 'everything' },
        { kind: 'partner', partnerId: 1 }, { kind: 'company', companyId: 1 },
      ]);
      expect(codeOf(await signIn('admin@seatwise.example', { password: 'seatwise-demo' }))).toBe('WRONG_CREDENTIALS');
      expect(await kindOf(opened(answers[0] as SessionOutcome).accessToken)).toBe('anonymous');
      const clash = settings({ ADMIN_EMAIL: 'admin@seatwise.example', ADMIN_PASSWORD: 'a first password' });
      await expect(ensureFirstAdministrator(database, clash, now)).rejects.toThrow('ADMIN_EMAIL');
    });
  });

  it('deletes sessions that expired, with their tokens, and no others', async () => {
    const email = await account();
    const old = opened(await signIn(email, { now: after(-40 * DAY) }));
    const current = opened(await signIn(email));
    expect(await deleteExpiredSessions(database, after(-9 * DAY))).toBe(1);
    expect(await deleteExpiredSessions(database, after(-9 * DAY))).toBe(0);
    expect(codeOf(await sessions.refresh(old.refreshToken, after(-20 * DAY)))).toBe('SESSION_ENDED');
    expect(codeOf(await sessions.refresh(current.refreshToken, now))).toBe('SESSION');
  });
});
