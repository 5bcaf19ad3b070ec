import { describe, expect, it } from '@jest/globals';
import type { Sql } from 'sql-template-tag';
import { Sessions } from '../../server/auth/sessions.js';
import type { Database } from '../../server/db/database.js';
import { after, codeOf, DAY, MINUTE, now, opened, withSessions } from '../support/sessions.js';

/** As long as a used token still gets a successor. */
const LEEWAY = 10_000;

withSessions('sessions: their life', (fixture) => {
  const { account, change, kindOf, sessionRow, settings, signIn } = fixture;

  describe('refresh', () => {
    it('exchanges the token for a new pair; the session ends when it would have ended', async () => {
      const first = opened(await signIn(await account()));
      const second = opened(await fixture.sessions.refresh(first.refreshToken, after(10 * MINUTE)));
      expect(second.refreshToken).not.toBe(first.refreshToken);
      expect(second.viewer).toEqual(first.viewer);
      expect(second.expiresAt.toISOString()).toBe('2026-03-01T12:25:00.000Z');
      expect(await kindOf(second.accessToken, after(24 * MINUTE))).toBe('account');
      const third = opened(await fixture.sessions.refresh(second.refreshToken, after(30 * DAY - MINUTE)));
      expect(third.expiresAt.toISOString()).toBe('2026-03-31T12:00:00.000Z');
      expect(codeOf(await fixture.sessions.refresh(third.refreshToken, after(30 * DAY)))).toBe('SESSION_ENDED');
    });

    it('ends the whole session when a token is used a second time, its successors included', async () => {
      const first = opened(await signIn(await account()));
      const second = opened(await fixture.sessions.refresh(first.refreshToken, after(MINUTE)));
      expect(await kindOf(second.accessToken, after(MINUTE))).toBe('account');
      const later = after(MINUTE + LEEWAY + 1);
      expect(codeOf(await fixture.sessions.refresh(first.refreshToken, later))).toBe('SESSION_ENDED');
      expect(await kindOf(second.accessToken, later)).toBe('anonymous');
      expect(codeOf(await fixture.sessions.refresh(second.refreshToken, later))).toBe('SESSION_ENDED');
      expect(await sessionRow(first.viewer.sessionId)).toMatchObject({ revokedAt: later, revokedBecause: 'refresh-token-reused' });
    });

    it('gives a successor to whoever was left without the answer to the first use', async () => {
      const first = opened(await signIn(await account()));
      opened(await fixture.sessions.refresh(first.refreshToken, after(MINUTE)));
      const again = opened(await fixture.sessions.refresh(first.refreshToken, after(MINUTE + LEEWAY)));
      expect(again.viewer).toEqual(first.viewer);
      expect(codeOf(await fixture.sessions.refresh(again.refreshToken, after(DAY)))).toBe('SESSION');
      expect((await sessionRow(first.viewer.sessionId)).revokedAt).toBeNull();
    });

    it('serves simultaneous uses, as of tabs that open together; a use after them ends what each of them got', async () => {
      const other = new Sessions(fixture.database, fixture.config);
      for (let round = 0; round < 5; round += 1) {
        const first = opened(await signIn(await account()));
        const answers = await Promise.all(
          Array.from({ length: 8 }, (_, index) => (index % 2 ? other : fixture.sessions).refresh(first.refreshToken, after(MINUTE))),
        );
        const pairs = answers.map(opened);
        expect(new Set(pairs.map(({ refreshToken }) => refreshToken)).size).toBe(8);
        const later = after(2 * MINUTE);
        expect(codeOf(await fixture.sessions.refresh(first.refreshToken, later))).toBe('SESSION_ENDED');
        for (const pair of pairs) {
          expect(await kindOf(pair.accessToken, later)).toBe('anonymous');
          expect(codeOf(await fixture.sessions.refresh(pair.refreshToken, later))).toBe('SESSION_ENDED');
        }
        expect((await sessionRow(first.viewer.sessionId)).revokedBecause).toBe('refresh-token-reused');
      }
    });

    it('leaves other sessions of the account alone', async () => {
      const email = await account();
      const [one, two] = [opened(await signIn(email)), opened(await signIn(email))];
      await fixture.sessions.refresh(one.refreshToken, now);
      expect(codeOf(await fixture.sessions.refresh(one.refreshToken, after(MINUTE)))).toBe('SESSION_ENDED');
      expect(codeOf(await fixture.sessions.refresh(two.refreshToken, after(MINUTE)))).toBe('SESSION');
    });

    it.each([null, '', 'x'.repeat(43), 'x'.repeat(1_000_000), "' or '1'='1"])('answers what was never issued like an ended session', async (token) => {
      expect(await fixture.sessions.refresh(token, now)).toEqual({
        kind: 'refused',
        error: { field: [], code: 'SESSION_ENDED', message: 'The session has ended. Sign in again.' },
      });
    });
  });

  describe('the viewer of a token', () => {
    it('is nobody without a valid token of an open session', async () => {
      const { accessToken } = opened(await signIn(await account()));
      expect(await fixture.sessions.viewerOf(null, now)).toEqual({ kind: 'anonymous' });
      expect(await kindOf(`${accessToken.slice(0, -2)}${accessToken.endsWith('AA') ? 'BA' : 'AA'}`)).toBe('anonymous');
      expect(await kindOf(accessToken, after(15 * MINUTE))).toBe('anonymous');
      const stranger = new Sessions(fixture.database, settings({ JWT_SECRET: 'another-secret-of-the-tests-of-good-length' }));
      expect(await kindOf(accessToken, now, stranger)).toBe('anonymous');
      const elsewhere = new Sessions(fixture.database, settings({ JWT_AUDIENCE: 'elsewhere' }));
      expect(await kindOf(accessToken, now, elsewhere)).toBe('anonymous');
    });

    it('is nobody at once after signing out, here, and within two seconds in other processes', async () => {
      const other = new Sessions(fixture.database, fixture.config);
      const { accessToken, refreshToken, viewer } = opened(await signIn(await account()));
      expect(await kindOf(accessToken)).toBe('account');
      expect(await kindOf(accessToken, now, other)).toBe('account');
      await fixture.sessions.signOut(viewer.sessionId, now);
      expect(await kindOf(accessToken)).toBe('anonymous');
      expect(await kindOf(accessToken, after(2000), other)).toBe('anonymous');
      expect(codeOf(await fixture.sessions.refresh(refreshToken, now))).toBe('SESSION_ENDED');
      await fixture.sessions.signOut(viewer.sessionId, after(MINUTE));
      expect(await sessionRow(viewer.sessionId)).toMatchObject({ revokedAt: now, revokedBecause: 'signed-out' });
    });

    it('does not come back when the session ends while it is being looked up', async () => {
      let reading = (): void => undefined;
      const readingBegan = new Promise<void>((resolve) => { reading = resolve; });
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => { release = resolve; });
      // A database whose answers arrive late, as over a slow network.
      const slow = Object.create(fixture.database) as Database;
      slow.read = async <T extends Record<string, unknown>>(statement: Sql) => {
        const rows = await fixture.database.read<T>(statement);
        reading();
        await released;
        return rows;
      };
      const { accessToken, viewer } = opened(await signIn(await account()));
      const process = new Sessions(slow, fixture.config);
      const lookup = kindOf(accessToken, now, process);
      await readingBegan;
      await process.signOut(viewer.sessionId, now);
      release();
      await lookup;
      expect(await kindOf(accessToken, now, process)).toBe('anonymous');
    });

    it('is none of a password that was replaced while it was being checked', async () => {
      const email = await account();
      const late = Object.create(fixture.database) as Database;
      late.read = async <T extends Record<string, unknown>>(statement: Sql) => {
        const rows = await fixture.database.read<T>(statement);
        await change(email, { passwordHash: 'of another password' });
        return rows;
      };
      expect(codeOf(await signIn(email, {}, new Sessions(late, fixture.config)))).toBe('WRONG_CREDENTIALS');
    });

    it('stops when the account is disabled, for refreshing too', async () => {
      const email = await account();
      const { accessToken, refreshToken } = opened(await signIn(email));
      expect(await kindOf(accessToken)).toBe('account');
      await change(email, { disabled: 1 });
      expect(await kindOf(accessToken, after(2000))).toBe('anonymous');
      expect(codeOf(await fixture.sessions.refresh(refreshToken, after(2000)))).toBe('SESSION_ENDED');
    });

    it('has the role and the scope that the account row has now', async () => {
      const email = await account({ role: 'ADMIN' });
      const { accessToken } = opened(await signIn(email));
      expect((await fixture.sessions.viewerOf(accessToken, now)) as object).toMatchObject({ role: 'ADMIN' });
      await change(email, { role: 'PARTNER', partnerId: 5 });
      const viewer = await fixture.sessions.viewerOf(accessToken, after(2000));
      expect(viewer).toMatchObject({ role: 'PARTNER', scope: { kind: 'partner', partnerId: 5 } });
      expect(viewer.kind === 'account' && viewer.permissions.has('WRITE_LICENSES')).toBe(false);
      await change(email, { partnerId: null });
      expect(await kindOf(accessToken, after(4000))).toBe('anonymous');
    });

    it('is read from the database once in two seconds, and again when the clock was set back', async () => {
      const email = await account();
      const { accessToken } = opened(await signIn(email));
      const nameAt = async (at: Date) => {
        const viewer = await fixture.sessions.viewerOf(accessToken, at);
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
});
