import 'reflect-metadata';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { startApp, type App } from '../../server/app.js';
import { hashPassword } from '../../server/auth/passwords.js';
import { readConfig } from '../../server/config.js';
import { Database, type StatementEvent } from '../../server/db/database.js';
import type { Role } from '../../server/graphql.generated.js';
import type { DatabaseKind } from './databases.js';
import { insertRows, type Rows } from './rows.js';

export const PASSWORD = 'correct horse battery staple';

/** An answer of the API as a client sees it. */
export interface Answer {
  status: number;
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** A running server over a database of its own. */
export interface TestApp {
  url: string;
  /** Asks as the given account; `null` asks without a token. */
  ask(account: string | null, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The access token of an account. */
  tokenOf(account: string): Promise<string>;
  /** Direct access to the tables, without scope. */
  database: Database;
  /** The SQL statements that the work caused on behalf of a viewer, those about imports left out: reads of sessions and work in the background come when they will. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
  /** Every SQL statement that ran meanwhile. */
  allStatementsDuring(work: () => Promise<unknown>): Promise<string[]>;
  /** Another server on the same database, as a second instance would be. */
  another(): Promise<TestInstance>;
  /** Stops the server and starts it again on the same database, at another address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A server that shares its database with others. */
export type TestInstance = Pick<TestApp, 'url' | 'ask' | 'stop'>;

interface Options {
  rows?: Rows;
  /** Environment variables beside those of the database. */
  environment?: Record<string, string>;
}

/** Accounts of every role: `partner1`, `company3` and the like are confined to that partner or company. */
const accounts: { name: string; role: Role; partnerId?: number; companyId?: number }[] = [
  { name: 'admin', role: 'ADMIN' },
  { name: 'analyst', role: 'ANALYST' },
  { name: 'viewer', role: 'VIEWER' },
  ...[1, 2, 3].map((partnerId) => ({ name: `partner${partnerId}`, role: 'PARTNER' as const, partnerId })),
  ...[1, 2, 3, 4, 5, 6].map((companyId) => ({ name: `company${companyId}`, role: 'COMPANY' as const, companyId })),
];

/** Starts the server as production does, on a free port, with the rows and one account of each kind. */
export async function startTestApp(kind: DatabaseKind, { rows = {}, environment = {} }: Options = {}): Promise<TestApp> {
  const target = await kind.create();
  const config = readConfig({
    PORT: '0', DEMO: '0', LOG_LEVEL: 'silent', JWT_SECRET: 'a secret of the tests, long enough for HS256', SIGN_IN_ATTEMPTS: '1000',
    // Work in the background of every test's server would be in the way of what it looks at; tests of the roll-up switch it on.
    ACTIVITY_ROLLUP: '0',
    // Tests ask thousands of questions as one account.
    REQUESTS_PER_MINUTE_ACCOUNT: '100000000', REQUESTS_PER_MINUTE_TOKEN: '100000000',
    ...target.environment, ...environment,
  });
  let app: App = await startApp(config);
  const database = await Database.open(config);
  await insertRows(database, rows);
  await insertAccounts(database);
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (account: string) => {
    const known = tokens.get(account) ?? signIn(app.url, account);
    tokens.set(account, known);
    return known;
  };
  const askOf = (url: () => string): TestApp['ask'] => async (account, query, variables) =>
    post(url(), account === null ? null : await tokenOf(account), query, variables);
  return {
    get url() {
      return app.url;
    },
    database,
    tokenOf,
    ask: askOf(() => app.url),
    statementsOf,
    allStatementsDuring,
    another: async () => {
      const other = await startApp(config);
      return { url: other.url, ask: askOf(() => other.url), stop: () => other.stop() };
    },
    restart: async () => {
      await app.stop();
      app = await startApp(config);
    },
    stop: async () => {
      await app.stop();
      await database.close();
      await target.drop();
    },
  };
}

async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  // The worker of imports looks for jobs when it will, with the tables that everybody shares.
  return (await allStatementsDuring(work)).filter((text) => text.includes('/*scoped*/') && !text.includes('sw_import_jobs'));
}

async function allStatementsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const listener = (message: unknown) => void seen.push((message as StatementEvent).text);
  subscribe('seatwise:sql', listener);
  try {
    await work();
  } finally {
    unsubscribe('seatwise:sql', listener);
  }
  return seen;
}

async function insertAccounts(database: Database): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  await database.transaction(async ({ manager }) => {
    for (const { name, role, partnerId = null, companyId = null } of accounts) {
      await manager.insert('Account', {
        email: `${name}@example.com`, displayName: name, passwordHash, role, partnerId, companyId, disabled: 0, createdAt: new Date(),
      });
    }
  });
}

async function signIn(url: string, account: string): Promise<string> {
  const { data } = await post(url, null, 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', {
    input: { email: `${account}@example.com`, password: PASSWORD },
  });
  return data.signIn.accessToken;
}

/** One GraphQL request over HTTP. */
export async function post(url: string, token: string | null, query: string, variables?: Record<string, unknown>): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Omit<Answer, 'status'>;
  return { status: response.status, ...body };
}
