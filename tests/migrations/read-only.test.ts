import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { createSchema } from '../../server/schema.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onOwnMariaDb, startOwnMariaDb, type OwnMariaDb } from '../support/own-mariadb.js';
import { round, user } from '../support/rows.js';
import { callOf, rootFields } from '../support/schema-calls.js';

/**
 * A user that may read the customer's tables and write in OWN_SCHEMA only. On a server of the test's own, since users are
 * made with rights that the server of the other tests may not give.
 */
onOwnMariaDb('a database that only lets Seatwise read', () => {
  let server: OwnMariaDb;
  let app: TestApp;
  const run = async (...statements: string[]) => {
    const connection = await createConnection({ uri: server.url });
    const results: unknown[] = [];
    for (const statement of statements) results.push((await connection.query(statement))[0]);
    await connection.end();
    return results;
  };
  beforeAll(async () => {
    server = await startOwnMariaDb();
    const root = server.url;
    // Made by Seatwise itself on an empty database, then handed over to a user with fewer rights.
    const kind = (url: string) => ({ name: 'MariaDB' as const, create: async () => ({ environment: { DATABASE_URL: url, APP_LOG_TABLE: 'logs.app_log', OWN_SCHEMA: 'own' }, drop: async () => {} }) });
    const maker = await startTestApp(kind(`${root}/customer`), {
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }, { id: 2, partner_name: 'P2' }],
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }, { id: 2, company_name: 'C2', active: 1, partner_id: null }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'REL', label: 'Rel' }], license: [round({ id: 1, company_id: 1, end_date: null }), round({ id: 2, company_id: 1, start_date: '2020-01-01', end_date: '2020-12-31' })], user: [user(1, { company_id: 1 })],
        activity: [{ id: 1, user_id: 1, timestamp: '2026-06-15 10:00:00' }],
      },
    });
    await maker.stop();
    await run(
      'drop database own', 'create database own', `create user reader@'%' identified by 'p%40ss word'`, `grant select on customer.* to reader@'%'`,
      `grant select on logs.app_log to reader@'%'`, `grant all on own.* to reader@'%'`,
    );
    app = await startTestApp(kind(root.replace('root@', `reader:${encodeURIComponent('p%40ss word')}@`) + '/customer'));
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
    await server.stop();
  });

  it('is read', async () => {
    const { data, errors } = await app.ask('admin', `{
      licenses(first: 1) { nodes { id company { name partner { name } } } } companies(first: 1) { nodes { users { nodes { lastActivityAt(asOf: "2026-06-20") } } } }
      dashboard(asOf: "2026-06-20") { activeLicenses activeUsers }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      licenses: { nodes: [{ id: '1', company: { name: 'C1', partner: { name: 'P1' } } }] },
      companies: { nodes: [{ users: { nodes: [{ lastActivityAt: '2026-06-15T10:00:00.000Z' }] } }] },
      dashboard: { activeLicenses: 10, activeUsers: 1 },
    });
  });

  it('has the own tables and the trials in OWN_SCHEMA, and nothing new beside the customer\'s', async () => {
    const [own, customer] = (await run('show tables in own', 'show tables in customer')) as Record<string, string>[][];
    expect(own?.flatMap(Object.values).filter((name) => !String(name).startsWith('sw_'))).toEqual(['free_trials']);
    expect(customer?.flatMap(Object.values).sort()).toEqual(['companies', 'license_product_codes', 'license_records', 'partners', 'users_portal']);
  });

  const writes = rootFields(createSchema()).filter(({ kind, path }) => kind === 'mutation' && /\.(create|update|delete)(License|Company|Partner|Product)$/.test(path));
  it.each(writes.map((write) => [write.path, write] as const))('answers READ_ONLY to %s', async (_, write) => {
    const entity = write.field.name.replace(/^(create|update|delete)/, '').toLowerCase();
    const { data } = await app.ask('admin', `{ row: ${entity}(id: 2) { etag } }`);
    const inputs: Record<string, object> = {
      license: { seats: 5 }, company: { name: 'other' }, partner: { name: 'other' }, product: { label: 'other' },
    };
    const creation = entity === 'license' ? { input: { companyId: 1, productId: 1, startDate: '2026-01-01', seats: 1, unitCost: '1', currency: 'EUR' } } : {};
    const given = write.field.name.startsWith('create') ? creation : { id: '2', etag: data.row.etag, ...(write.field.name.startsWith('update') ? { input: inputs[entity] } : {}) };
    const { query, variables } = callOf(write, given, 'userErrors { code field message }');
    const answer = await app.ask('admin', query, variables);
    expect(answer.errors).toBeUndefined();
    expect(answer.data[write.field.name].userErrors).toMatchObject([{ code: 'READ_ONLY', field: [] }]);
    expect(JSON.stringify(answer)).not.toMatch(/denied|reader|command/);
  });
});
