import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startApp } from '../../server/app.js';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { MissingTablesError } from '../../server/db/existing-tables.js';
import { existingTables, requiredColumns } from '../../server/db/tables.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const OWN_TABLES = ['sw_accounts', 'sw_audit_log', 'sw_exchange_rates', 'sw_refresh_tokens', 'sw_sessions'];

onEachDatabase('an empty database', (kind) => {
  let target: TestDatabase;
  beforeEach(async () => {
    target = await kind.create();
  });
  afterEach(() => target.drop());

  const config = (environment: Record<string, string> = {}) =>
    readConfig({ PORT: '0', DEMO: '0', LOG_LEVEL: 'silent', JWT_SECRET: 'a secret of the tests, long enough for HS256', ...target.environment, ...environment });

  async function columnsOf(database: Database, schema: string | null, table: string): Promise<string[]> {
    return (await database.read<{ name: string }>(database.dialect.columnsOf(schema, table))).map(({ name }) => name).sort();
  }

  async function migrationsOf(database: Database): Promise<unknown> {
    return database.transaction(({ manager }) => manager.query('select name from sw_migrations order by id'));
  }

  it('gets every table, and stays as it is when migrated again', async () => {
    const first = await Database.open(config());
    await first.migrate();
    const done = await migrationsOf(first);
    for (const table of existingTables) {
      const { schema, name } = first.tables[table];
      expect(await columnsOf(first, schema, name)).toEqual(expect.arrayContaining([...requiredColumns[table]]));
    }
    for (const table of OWN_TABLES) expect(await columnsOf(first, null, table)).not.toEqual([]);
    await first.transaction(({ manager }) => manager.query(`insert into partners (id, partner_name) values (7, 'kept')`));
    await first.close();

    const second = await Database.open(config());
    await second.migrate();
    expect(await migrationsOf(second)).toEqual(done);
    expect(await second.transaction(({ manager }) => manager.query('select id, partner_name from partners'))).toEqual([{ id: 7, partner_name: 'kept' }]);
    await second.close();
  });

  it('serves under other names of the tables', async () => {
    const names = {
      LICENSE_TABLE: 'lic_2019', COMPANY_TABLE: 'Customers', PARTNER_TABLE: 'vertriebs_partner', PRODUCT_TABLE: 'codes$', USER_TABLE: 'portal_user',
    };
    const app = await startApp(config(names));
    await app.stop();
    const database = await Database.open(config(names));
    for (const name of Object.values(names)) expect(await columnsOf(database, null, name)).not.toEqual([]);
    expect(await columnsOf(database, null, 'companies')).toEqual([]);
    await database.close();
  });

  it('that lacks tables and columns is refused, with all of them in one message', async () => {
    const database = await Database.open(config());
    await database.migrate();
    await database.transaction(async ({ manager }) => {
      for (const statement of ['drop table partners', 'alter table companies drop column active', 'alter table license_records drop column currency',
        'alter table license_records drop column status', 'drop table users_portal']) await manager.query(statement);
    });
    await database.close();
    const refusal = await startApp(config()).then(async (app) => app.stop(), (error: unknown) => error);
    expect(refusal).toBeInstanceOf(MissingTablesError);
    expect((refusal as MissingTablesError).missing).toEqual([
      'column currency of table license_records', 'column status of table license_records', 'column active of table companies',
      'table partners', 'table users_portal',
    ]);
  });

  it('is opened by two servers at once', async () => {
    const apps = await Promise.allSettled([startApp(config()), startApp(config())]);
    for (const app of apps) if (app.status === 'fulfilled') await app.value.stop();
    expect(apps.map((app) => (app.status === 'fulfilled' ? 'started' : String(app.reason)))).toEqual(['started', 'started']);
  });
});
