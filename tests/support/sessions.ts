import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { AccountEntity, SessionEntity, type AccountRecord, type SessionRecord } from '../../server/auth/entity.js';
import { hashPassword } from '../../server/auth/passwords.js';
import { Sessions, type IssuedSession, type SessionOutcome } from '../../server/auth/sessions.js';
import { readConfig, type Config } from '../../server/config.js';
import { Database } from '../../server/db/database.js';

export const now = new Date('2026-03-01T12:00:00.250Z');
export const after = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);
export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const password = 'correct horse battery staple';
export const address = '192.0.2.1';

const server = process.env['TEST_MYSQL_URL'];

/** Sessions over a database of their own, without a web server. */
export class SessionFixture {
  database!: Database;
  /** Each test has a throttle of its own. */
  sessions!: Sessions;
  readonly config: Config;
  private readonly folder = mkdtempSync(join(tmpdir(), 'seatwise-sessions-'));
  private readonly schema = `sw_sessions_${randomBytes(4).toString('hex')}`;
  private passwordHash = '';
  private numberOfAccounts = 0;

  constructor(private readonly onServer: boolean) {
    this.config = this.settings();
  }

  /** The configuration, with more variables than those of the database. */
  readonly settings = (more: NodeJS.ProcessEnv = {}): Config =>
    readConfig({ DATA_DIR: this.folder, DEMO: '0', JWT_SECRET: 'a-secret-of-the-tests-with-more-than-32-bytes', ...this.environment(), ...more });

  async open(): Promise<void> {
    this.database = await Database.open(this.config);
    await this.database.migrate();
    this.passwordHash = await hashPassword(password);
  }

  async close(): Promise<void> {
    if (this.onServer) {
      for (const name of [this.schema, `${this.schema}_fido1`]) {
        await this.database.transaction(({ manager }) => manager.query(`drop database if exists \`${name}\``));
      }
    }
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A new account, so that tests do not meet; its e-mail address. */
  readonly account = async (values: Partial<AccountRecord> = {}): Promise<string> => {
    this.numberOfAccounts += 1;
    const email = `person-${this.numberOfAccounts}@example.org`;
    await this.database.transaction(({ manager }) =>
      manager.insert(AccountEntity, {
        email, displayName: 'A person', passwordHash: this.passwordHash, role: 'ANALYST', partnerId: null, companyId: null, disabled: 0,
        createdAt: now, ...values,
      }),
    );
    return values.email ?? email;
  };

  readonly change = (email: string, values: Partial<AccountRecord>) =>
    this.database.transaction(({ manager }) => manager.update(AccountEntity, { email }, values));

  readonly signIn = (email: string, more: { password?: string; address?: string; now?: Date } = {}, by = this.sessions) =>
    by.signIn({ email, password, address, now, ...more });

  readonly kindOf = async (token: string, at = now, by = this.sessions): Promise<string> => (await by.viewerOf(token, at)).kind;

  readonly sessionRow = (id: string): Promise<SessionRecord> =>
    this.database.transaction(({ manager }) => manager.findOneByOrFail(SessionEntity, { id }));

  private environment(): NodeJS.ProcessEnv {
    if (!this.onServer) return {};
    return { DATABASE_URL: `${server ?? 'mysql://none'}/${this.schema}`, APP_LOG_TABLE: `${this.schema}_fido1.app_log` };
  }
}

/** The session of an outcome that must be one. */
export function opened(outcome: SessionOutcome): IssuedSession {
  if (outcome.kind !== 'session') throw new Error(`Refused: ${outcome.error.code}`);
  return outcome;
}

/** `SESSION`, or the code of the refusal. */
export function codeOf(outcome: SessionOutcome): string {
  return outcome.kind === 'session' ? 'SESSION' : outcome.error.code;
}

/** One body on SQLite, and on MariaDB where there is a server. */
export function withSessions(title: string, body: (fixture: SessionFixture) => void): void {
  const run = (onServer: boolean) => () => {
    const fixture = new SessionFixture(onServer);
    beforeAll(() => fixture.open());
    beforeEach(() => {
      fixture.sessions = new Sessions(fixture.database, fixture.config);
    });
    afterAll(() => fixture.close());
    body(fixture);
  };
  describe(`${title} on SQLite`, run(false));
  if (server === undefined) describe.skip(`${title} on MariaDB (no server: TEST_MYSQL_URL is not set)`, run(true));
  else describe(`${title} on MariaDB`, run(true));
}
