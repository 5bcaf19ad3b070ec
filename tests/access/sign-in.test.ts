import { describe, expect, it } from '@jest/globals';
import type { Sql } from 'sql-template-tag';
import { RefreshTokenEntity, type AccountRecord } from '../../server/auth/entity.js';
import { Sessions, type SessionOutcome } from '../../server/auth/sessions.js';
import type { Database } from '../../server/db/database.js';
import { after, codeOf, DAY, now, opened, password, withSessions } from '../support/sessions.js';

withSessions('sessions: sign-in', (fixture) => {
  const { account, sessionRow, settings, signIn } = fixture;

  describe('sign-in', () => {
    it('opens a session, letter case and blanks around the e-mail aside', async () => {
      const email = await account({ displayName: 'Ada Lovelace' });
      const { accessToken, expiresAt, refreshToken, viewer } = opened(await signIn(` ${email.toUpperCase()} `));
      expect(expiresAt.toISOString()).toBe('2026-03-01T12:15:00.000Z');
      expect(viewer).toMatchObject({ kind: 'account', email, displayName: 'Ada Lovelace', role: 'ANALYST', scope: { kind: 'everything' } });
      expect(await fixture.sessions.viewerOf(accessToken, now)).toEqual(viewer);
      const session = await sessionRow(viewer.sessionId);
      expect(session).toMatchObject({ accountId: viewer.accountId, createdAt: now, expiresAt: after(30 * DAY), revokedAt: null });
      const tokens = await fixture.database.transaction(({ manager }) => manager.findBy(RefreshTokenEntity, { sessionId: viewer.sessionId }));
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
      const patient = new Sessions(fixture.database, settings({ SIGN_IN_ATTEMPTS: '1000' }));
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
      expect(median(times.unknown) / median(times.known)).toBeGreaterThan(0.25);
      expect(median(times.unknown) / median(times.known)).toBeLessThan(4);
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
      expect(await fixture.sessions.viewerOf(accessToken, now)).toMatchObject({ role, scope });
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
      const times: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        const started = performance.now();
        for (let attempt = 1; attempt <= 40; attempt += 1) expect(codeOf(await signIn('ghost@example.org'))).toBe('THROTTLED');
        times.push(performance.now() - started);
      }
      // Forty hashes would take half a second at least, in every round; other work of the machine is seldom in all three.
      expect(Math.min(...times)).toBeLessThan(200);
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
      const once = new Sessions(fixture.database, settings({ SIGN_IN_ATTEMPTS: '1' }));
      const own = await account();
      for (let attempt = 1; attempt <= 10; attempt += 1) {
        expect(codeOf(await signIn(`guess-${attempt}@example.org`, {}, once))).toBe('WRONG_CREDENTIALS');
        if (attempt < 10) expect(codeOf(await signIn(own, {}, once))).toBe('SESSION');
      }
      expect(codeOf(await signIn(own, {}, once))).toBe('THROTTLED');
      expect(codeOf(await signIn(own, { address: '203.0.113.5' }, once))).toBe('SESSION');
    });

    it('does not count attempts that failed for want of the database', async () => {
      const broken = Object.create(fixture.database) as Database;
      let away = true;
      broken.read = async <T extends Record<string, unknown>>(statement: Sql) => {
        if (away) throw new Error('gone');
        return fixture.database.read<T>(statement);
      };
      const process = new Sessions(broken, fixture.config);
      const email = await account();
      for (let attempt = 1; attempt <= 8; attempt += 1) await expect(signIn(email, {}, process)).rejects.toThrow('gone');
      away = false;
      expect(codeOf(await signIn(email, {}, process))).toBe('SESSION');
    });

    it('takes an IPv6 network for one address', async () => {
      const once = new Sessions(fixture.database, settings({ SIGN_IN_ATTEMPTS: '1' }));
      for (let attempt = 1; attempt <= 10; attempt += 1) await signIn(`v6-${attempt}@example.org`, { address: `2001:db8:0:1::${attempt}` }, once);
      const own = await account();
      expect(codeOf(await signIn(own, { address: '2001:0DB8::1:a:b:c:d' }, once))).toBe('THROTTLED');
      expect(codeOf(await signIn(own, { address: '2001:db8:0:2::1' }, once))).toBe('SESSION');
    });
  });
});
