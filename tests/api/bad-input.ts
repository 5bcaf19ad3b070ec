import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isEnumType } from 'graphql';
import { raw } from 'sql-template-tag';
import { createSchema } from '../../server/schema.js';
import { existingTables, tableReference } from '../../server/db/tables.js';
import { startTestApp, type Answer, type TestApp } from '../support/app.js';
import type { DatabaseKind } from '../support/databases.js';
import { bodyOf, placesOf, QUICK_MS, quickest, valuesFor } from '../support/hostile.js';
import { round, user } from '../support/rows.js';
import { rootFields } from '../support/schema-calls.js';

const schema = createSchema();
const errorCodes = schema.getType('ErrorCode');
const codes = isEnumType(errorCodes) ? errorCodes.getValues().map(({ name }) => name) : [];
const userErrorCodes = schema.getType('UserErrorCode');
const places = placesOf(rootFields(schema));

/** What no answer may hold, beside what the request itself said. */
const telltale = /\bselect\b.*\bfrom\b|insert into|\bwhere\b.*=|sqlite|mysql2?\b|mariadb|typeorm|better-|errno|ER_[A-Z]{3}|ECONN|SQLSTATE|node_modules|\.(?:ts|js):\d|\/work\/|\n\s+at |Cannot read prop|is not a function|DataLoader/i;

export const title = 'hostile values';

/** The tests on one database: each has a file of its own, so that they run side by side. */
export function sendsHostileValues(kind: DatabaseKind): void {
  let app: TestApp;
  let token: string;
  const { stackTraceLimit } = Error;
  beforeAll(async () => {
    // One frame is enough to show in an answer; jest works each frame of 20,000 refusals out from the source maps.
    Error.stackTraceLimit = 1;
    app = await startTestApp(kind, {
      environment: { SIGN_IN_ATTEMPTS: '1000' },
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }],
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }],
        license: [round({ id: 1, company_id: 1 })],
        user: [user(1, { company_id: 1 })],
      },
    });
    token = await app.tokenOf('admin');
  });
  afterAll(async () => {
    Error.stackTraceLimit = stackTraceLimit;
    await app.stop();
  });

  /** All that is stored, looked at after each of thousands of changes: of MariaDB the checksums, which are one way there and back. */
  async function contents(): Promise<string> {
    const names = [...existingTables.map((table) => tableReference(app.database.tables[table]).sql), 'sw_audit_log'];
    if (kind.name === 'MariaDB') {
      const sums = await app.database.read(raw(`checksum table ${names.join()}`));
      // A table that it does not find is no error to it.
      expect(sums.filter(({ Checksum: sum }) => sum === null)).toEqual([]);
      return JSON.stringify(sums);
    }
    return app.database.transaction(async ({ manager }) => {
      const tables: unknown[] = [];
      for (const name of names) tables.push(await manager.query(`select * from ${name}`));
      return JSON.stringify(tables);
    });
  }

  async function send(body: string): Promise<{ answer: Answer; milliseconds: number }> {
    const started = performance.now();
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body });
    const answer = { status: response.status, ...((await response.json()) as object) } as Answer;
    return { answer, milliseconds: performance.now() - started };
  }

  /** What is wrong with an answer to a hostile value. */
  function check(name: string, sent: string, { status, data, errors = [] }: Answer, milliseconds: number): string[] {
    const faults: string[] = [];
    if (milliseconds > QUICK_MS) faults.push(`${milliseconds} ms`);
    if (status !== 200) faults.push(`status ${status}`);
    for (const { message, extensions } of errors) {
      const code = String(extensions['code']);
      if (!codes.includes(code) || code === 'INTERNAL_SERVER_ERROR' || code === 'UNAVAILABLE') faults.push(`${code}: ${message}`);
      if (code === 'BAD_USER_INPUT' && typeof extensions['field'] !== 'string') faults.push(`no field: ${message}`);
      if (typeof extensions['requestId'] !== 'string') faults.push('no requestId');
      if (telltale.test(message.replaceAll(sent, ''))) faults.push(`tells: ${message}`);
    }
    const payload = data && Object.values(data)[0] as { userErrors?: { code: string; message: string }[] } | null;
    for (const { code, message } of payload?.userErrors ?? []) {
      if (isEnumType(userErrorCodes) && userErrorCodes.getValue(code) === undefined) faults.push(`code ${code}`);
      if (telltale.test(message)) faults.push(`tells: ${message}`);
    }
    return faults.map((fault) => `${name}: ${fault.slice(0, 300)}`);
  }

  it.each(places.map((place) => [place.name, place] as const))('%s', async (name, { root, call }) => {
    const faults: string[] = [];
    let before = await contents();
    for (const [kindOfValue, value] of valuesFor(kind.name)) {
      const request = call(value);
      if (root.kind === 'mutation') request.query = request.query.replace('__typename', root.path === 'Mutation.signOut' ? '__typename' : 'userErrors { code field message }');
      const body = bodyOf(request);
      const { answer, milliseconds } = await send(body);
      faults.push(...check(kindOfValue, JSON.stringify(value), answer, await quickest(milliseconds, async () => (await send(body)).milliseconds)));
      if (root.kind === 'query') continue;
      const after = await contents();
      const refused = answer.errors !== undefined || (answer.data && (Object.values(answer.data)[0] as any)?.userErrors?.length > 0);
      if (refused && after !== before) faults.push(`${kindOfValue}: refused and written`);
      before = after;
    }
    if (root.kind === 'query' && (await contents()) !== before) faults.push('a query has written');
    expect([name, faults]).toEqual([name, []]);
  });

  describe('what is stored', () => {
    it.each(["' or 1=1 --", '🤷‍♀️', '\u202eabc', '%_!', "\\' or 1=1 #", 'x'.repeat(255)])('comes back as it went in: %.20s', async (name) => {
      const created = await app.ask('admin', 'mutation($name: String!) { createPartner(input: { name: $name }) { partner { id name } userErrors { code } } }', { name });
      expect(created.data.createPartner).toEqual({ partner: { id: expect.any(String), name }, userErrors: [] });
      const found = await app.ask('admin', 'query($id: ID!, $name: String!) { partners(filter: { id: { eq: $id }, name: { eq: $name } }) { nodes { name } } }', {
        name, id: created.data.createPartner.partner.id,
      });
      expect(found.data.partners.nodes).toEqual([{ name }]);
    });
  });
}
