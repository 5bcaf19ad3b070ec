import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isEnumType, parse, validate } from 'graphql';
import { createSchema } from '../../server/schema.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { mysqlServer, onEachDatabase } from '../support/databases.js';
import { randomQuery } from '../support/random-queries.js';
import { everyone, insertTenants } from '../support/tenants.js';

const QUERIES = 2000;
/** Each database gets every other of them, where there are two; all when everything is to be tested. */
const sharesOf = (name: string) => (mysqlServer === undefined || process.env['SEATWISE_TEST_EVERYTHING'] === '1' ? [0, 1] : name === 'SQLite' ? [0] : [1]);
/** The seeds of the queries follow each other from here: a failure names its seed. */
const FIRST_SEED = 20_261_122;
/** Tests beside this one need the machine too. */
const TIMEOUT_MS = 180_000;
const SLOWEST_MS = 5000;

/** Who asks: mostly those to whom all fields are open. */
const accounts = ['admin', 'admin', 'admin', 'admin', 'analyst', 'viewer', 'north', 'birch'];
/** Those see the whole schema, so nothing that fits it may be refused as not fitting. */
const seesAll = new Set(['admin']);

const schema = createSchema();
const errorCodes = schema.getType('ErrorCode');
const known = isEnumType(errorCodes) ? errorCodes.getValues().map(({ name }) => name) : [];
const unexpected = new Set(['INTERNAL_SERVER_ERROR', 'UNAVAILABLE', 'RATE_LIMITED', 'GRAPHQL_PARSE_FAILED']);
/** What no answer may hold. No hostile value looks like it, so that whole answers are searched. */
const telltale = /\bselect\b.{1,400}\bfrom\b|insert into|sqlite|mysql2?\b|mariadb|typeorm|better-|errno|\bER_[A-Z]{3}|\bECONN[A-Z]|SQLSTATE|node_modules|\.[cm]?[jt]s:\d|node:internal|\/work\/|Cannot read prop|is not a function|DataLoader|argon2/i;

it('writes the same valid query for the same seed, and others for others', () => {
  const queries = Array.from({ length: 100 }, (_, index) => randomQuery(schema, FIRST_SEED + index));
  expect(queries.flatMap(({ query }) => validate(schema, parse(query)).map(({ message }) => `${message}: ${query}`))).toEqual([]);
  expect(queries).toEqual(queries.map((_, index) => randomQuery(schema, FIRST_SEED + index)));
  // A single field without arguments or fields of its own can be asked for in one way only.
  const free = queries.map(({ query }) => query).filter((query) => !/^query Random \{ \w+: \w+ \} $/.test(query));
  expect(new Set(free).size).toBe(free.length);
  expect(free.length).toBeGreaterThan(95);
});

onEachDatabase('random queries with hostile values', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: everyone });
    await insertTenants(app);
  });
  afterAll(() => app.stop());

  it.each(sharesOf(kind.name))(`are answered by data or by an error that is meant for clients, each second of ${QUERIES} from number %d on`, async (share) => {
    const faults: string[] = [];
    let answered = 0;
    for (let index = share; index < QUERIES; index += 2) {
      const account = accounts[(index >> 1) % accounts.length] ?? 'admin';
      const { query, variables } = randomQuery(schema, FIRST_SEED + index);
      const started = performance.now();
      const answer = await app.ask(account, query, variables);
      const { status, data, errors = [] } = answer;
      const found: string[] = [];
      if (performance.now() - started > SLOWEST_MS) found.push(`took ${performance.now() - started} ms`);
      if (status !== 200) found.push(`status ${status}`);
      for (const { message, extensions } of errors) {
        const code = String(extensions['code']);
        if (!known.includes(code) || unexpected.has(code) || (code === 'GRAPHQL_VALIDATION_FAILED' && seesAll.has(account))) found.push(`${code}: ${message}`);
        if (typeof extensions['requestId'] !== 'string') found.push(`no request id: ${message}`);
      }
      const leak = telltale.exec(JSON.stringify(answer));
      if (leak !== null) found.push(`tells ${leak[0]}`);
      if (data != null) answered += 1;
      faults.push(...found.map((fault) => `seed ${FIRST_SEED + index} as ${account}: ${fault.slice(0, 300)}`));
    }
    expect(faults).toEqual([]);
    // Queries that are all refused would prove little.
    expect(answered).toBeGreaterThan(QUERIES / 2 / 3);
  }, TIMEOUT_MS);
});
