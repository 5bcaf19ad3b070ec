import { describe, expect, it } from '@jest/globals';
import { ensureDemoAccounts, ensureFirstAdministrator } from '../../server/auth/accounts.js';
import { deleteExpiredSessions } from '../../server/auth/session-store.js';
import { Sessions, type SessionOutcome } from '../../server/auth/sessions.js';
import { after, codeOf, DAY, now, opened, withSessions } from '../support/sessions.js';

withSessions('sessions: accounts at start', (fixture) => {
  const { account, kindOf, settings, signIn } = fixture;

  describe('accounts made at start', () => {
    const administrator = { ADMIN_EMAIL: 'Root@Example.org', ADMIN_PASSWORD: 'a first password' };
    const demo = settings({ DEMO: '1', DEMO_PASSWORD: 'seatwise-demo' });

    it('are made once by two instances starting together, and never changed', async () => {
      const made = await Promise.all([1, 2].map(() => ensureFirstAdministrator(fixture.database, settings(administrator), now)));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await ensureFirstAdministrator(fixture.database, settings({ ...administrator, ADMIN_PASSWORD: 'another password' }), now)).toBe(false);
      expect(opened(await signIn('root@example.org', { password: 'a first password' })).viewer.role).toBe('ADMIN');
      expect(codeOf(await signIn('root@example.org', { password: 'another password' }))).toBe('WRONG_CREDENTIALS');
      expect(await ensureFirstAdministrator(fixture.database, fixture.config, now)).toBe(false);
    });

    it('exist for the demo only, and open nothing when its data is served without the demo', async () => {
      expect(await ensureDemoAccounts(fixture.database, fixture.config, now)).toBe(0);
      const made = await Promise.all([1, 2].map(() => ensureDemoAccounts(fixture.database, demo, now)));
      expect(made.reduce((sum, count) => sum + count, 0)).toBe(5);
      const inDemo = new Sessions(fixture.database, demo);
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
      await expect(ensureFirstAdministrator(fixture.database, clash, now)).rejects.toThrow('ADMIN_EMAIL');
    });
  });

  it('deletes sessions that expired, with their tokens, and no others', async () => {
    const email = await account();
    const old = opened(await signIn(email, { now: after(-40 * DAY) }));
    const current = opened(await signIn(email));
    expect(await deleteExpiredSessions(fixture.database, after(-9 * DAY))).toBe(1);
    expect(await deleteExpiredSessions(fixture.database, after(-9 * DAY))).toBe(0);
    expect(codeOf(await fixture.sessions.refresh(old.refreshToken, after(-20 * DAY)))).toBe('SESSION_ENDED');
    expect(codeOf(await fixture.sessions.refresh(current.refreshToken, now))).toBe('SESSION');
  });
});
