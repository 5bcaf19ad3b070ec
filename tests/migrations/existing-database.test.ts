import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { mysqlServer, onMariaDb, runSql, type DatabaseKind } from '../support/databases.js';
import { until } from '../support/providers.js';
import { insertRows } from '../support/rows.js';
import { external } from '../support/unified-rows.js';

/**
 * A customer's database as it may be found: tables with further columns, other engines and character sets, unsigned ids,
 * a trigger, and no index that would help.
 */
function customerTables(schema: string, log: string): string[] {
  return [
    `create database ${schema} character set latin1`, `create database ${log} character set utf8mb3`,
    `create table ${schema}.partners (id int unsigned not null auto_increment primary key, partner_name varchar(100) character set utf8mb3 not null, region char(2) default 'EU') engine=MyISAM`,
    `create table ${schema}.companies (id int unsigned not null auto_increment primary key, company_name varchar(200) collate utf8mb4_bin not null,
       active tinyint(1) unsigned not null default 1, partner_id int unsigned null, legacy_blob mediumblob null,
       updated_at timestamp not null default current_timestamp on update current_timestamp) engine=InnoDB default charset=utf8mb4 comment='Kunden' auto_increment=500`,
    `create table ${schema}.license_product_codes (id smallint unsigned not null auto_increment primary key, code varchar(10) not null, label varchar(80) null, unique key u (code)) engine=Aria`,
    `create table ${schema}.license_records (id int unsigned not null auto_increment primary key, company_id int unsigned null, partner_id int unsigned null,
       product_code_id smallint unsigned not null, start_date date not null, end_date date null, number_of_licenses mediumint unsigned not null,
       cost_per_license float(9,2) not null, total_cost float not null, currency char(3) not null default 'EUR', status varchar(10) not null, note text null) engine=InnoDB row_format=compact`,
    `create table ${schema}.users_portal (id int unsigned not null primary key, company_id int unsigned null, partner_id int unsigned null, active bit(1) not null default b'1',
       first_name varchar(50), last_name varchar(50), email varchar(120), password varchar(64), owner varchar(20) null) engine=InnoDB default charset=latin1`,
    `create table ${log}.app_log (id bigint unsigned not null auto_increment, user_id int unsigned null, timestamp datetime not null, action varchar(20), status varchar(20),
       notes text, session_id varchar(40), waypoint_id int, dma_id int, primary key (id)) engine=MyISAM default charset=latin1`,
    `create table ${schema}.free_trials (id int unsigned not null auto_increment primary key, product_slug varchar(100) not null, site_url varchar(255) not null, name varchar(80),
       email varchar(120), license_key varchar(64), expiration_date datetime, grace_period_date datetime, status enum('active', 'expired'), is_active bool, is_fluent_license_check bool,
       premium_license_id varchar(64), created_at timestamp null, updated_at timestamp null) engine=InnoDB default charset=latin1 collate=latin1_german1_ci`,
    `insert into ${schema}.partners (id, partner_name) values (1, 'P1'), (2, 'Größe')`,
    `insert into ${schema}.companies (id, company_name, partner_id) values (1, 'C1', 1), (2, 'Ünï🤷', null)`,
    `insert into ${schema}.license_product_codes values (1, 'SUB', 'Sub'), (2, 'OLD', null)`,
    `insert into ${schema}.license_records values (1, 1, null, 1, '2020-01-01', null, 10, 12.34, 123.4, 'EUR', 'Active', 'kept'), (2, null, 2, 2, '2020-01-01', '9999-12-31', 4, 0.1, 0.4, 'JPY', 'x', null)`,
    `insert into ${schema}.users_portal values (1, 1, null, b'1', 'A', 'B', 'a@b', 'secret', 'x'), (2, null, 2, b'0', null, null, null, null, null)`,
    `insert into ${log}.app_log (user_id, timestamp) values (1, '2026-06-15 10:00:00'), (2, '2026-06-16 10:00:00'), (null, '2026-06-17 10:00:00')`,
    `insert into ${schema}.free_trials values
       (1, 'Forms', 'https://shop.example/a', 'Jürgen', 'j@shop.example', 'T-1', '2099-06-30 10:00:00', null, 'active', 1, 0, null, '2026-06-01 10:00:00', '2026-06-01 10:00:00'),
       (2, 'forms', 'blog.example', null, null, 'T-2', '2026-06-15 00:00:00', null, 'expired', 1, 1, 'PREMIUM-2', '2026-06-01 10:00:00', '2026-06-10 10:00:00')`,
    `create trigger ${schema}.watch before update on ${schema}.companies for each row set new.legacy_blob = 'touched'`,
  ];
}

const TABLES = ['partners', 'companies', 'license_product_codes', 'license_records', 'users_portal', 'free_trials'];

onMariaDb('a database that a customer already uses', () => {
  const schema = `sw_old_${randomBytes(4).toString('hex')}`;
  const log = `${schema}_log`;
  const kind: DatabaseKind = {
    name: 'MariaDB',
    create: async () => {
      await runSql(...customerTables(schema, log));
      return {
        environment: { DATABASE_URL: `${mysqlServer}/${schema}`, APP_LOG_TABLE: `${log}.app_log` },
        drop: async () => void (await runSql(`drop database if exists ${schema}`, `drop database if exists ${log}`)),
      };
    },
  };
  let app: TestApp;
  let before: string[];
  beforeAll(async () => {
    const created = await kind.create();
    before = await shapes();
    app = await startTestApp({ ...kind, create: async () => created });
  });
  afterAll(() => app.stop());

  /** The definitions, without the counter that any insert moves. */
  async function shapes(): Promise<string[]> {
    const tables = [...TABLES.map((table) => `${schema}.${table}`), `${log}.app_log`];
    const rows = (await runSql(...tables.map((table) => `show create table ${table}`))) as { 'Create Table': string }[][];
    return rows.map(([row]) => (row?.['Create Table'] ?? '').replace(/ AUTO_INCREMENT=\d+/, ''));
  }

  it('has trials of another character set, without a column for check-ins', async () => {
    await insertRows(app.database, { externalLicense: [external({ id: 1, license_key: 'PREMIUM-2', product_slug: 'forms' })] });
    const check = () => app.ask(null, 'mutation { appLicenseCheck(input: { licenseKey: "T-1", siteUrl: "shop.example", productSlug: "forms" }) { check { state expirationDate checkedAt } } }');
    const { checkedAt, ...answer } = (await check()).data.appLicenseCheck.check;
    expect(answer).toEqual({ state: 'ACTIVE', expirationDate: '2099-06-30' });
    const list = async () => app.ask('admin', '{ unifiedLicenses(filter: { source: [TRIAL] }) { nodes { id productSlug subStatus lastCheckedInAt } } effectiveLicensePosition { totals { deployedTrials } } }');
    const day = checkedAt.slice(0, 10);
    await until(async () => (await list()).data?.unifiedLicenses.nodes[0].lastCheckedInAt ?? null);
    const { data, errors } = await list();
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      unifiedLicenses: {
        nodes: [
          { id: 'trial:1', productSlug: 'forms', subStatus: 'TRIAL', lastCheckedInAt: expect.stringContaining(day) },
          { id: 'trial:2', productSlug: 'forms', subStatus: 'CONVERTED', lastCheckedInAt: null },
        ],
      },
      // The second counts as its premium licence.
      effectiveLicensePosition: { totals: { deployedTrials: 1 } },
    });
    expect(await shapes()).toEqual(before);
  });

  it('is read, whatever its types', async () => {
    const { errors, data } = await app.ask('admin', `{
      licenses { nodes { id seats unitCost { amount currency } endDate company { name } partner { name } product { code label } lifecycleStatus(asOf: "2026-06-20") } }
      companies { nodes { name active users { nodes { id active } } } } partners { nodes { users { nodes { id active lastActivityAt(asOf: "2026-06-20") } } } }
      dashboard(asOf: "2026-06-20") { activeLicenses totalUsers activeUsers }
    }`);
    expect(errors).toBeUndefined();
    expect(data.licenses.nodes).toEqual([
      { id: '1', seats: 10, unitCost: { amount: '12.34', currency: 'EUR' }, endDate: null, company: { name: 'C1' }, partner: null, product: { code: 'SUB', label: 'Sub' }, lifecycleStatus: 'PERPETUAL' },
      { id: '2', seats: 4, unitCost: { amount: '0', currency: 'JPY' }, endDate: null, company: null, partner: { name: 'Größe' }, product: { code: 'OLD', label: '' }, lifecycleStatus: 'PERPETUAL' },
    ]);
    expect(data.companies.nodes).toEqual([
      { name: 'C1', active: true, users: { nodes: [{ id: '1', active: true }] } }, { name: 'Ünï🤷', active: true, users: { nodes: [] } },
    ]);
    expect(data.partners.nodes[1].users.nodes).toEqual([{ id: '2', active: false, lastActivityAt: '2026-06-16T10:00:00.000Z' }]);
    expect(data.dashboard).toEqual({ activeLicenses: 14, totalUsers: 1, activeUsers: 2 });
  });

  it('keeps its shape through a start and through changes', async () => {
    const created = await app.ask('admin', `mutation {
      createPartner(input: { name: "New" }) { partner { id } userErrors { code message } }
      createProduct(input: { code: "NEW", label: "New" }) { product { id } userErrors { code message } }
      createCompany(input: { name: "New", partnerId: 1 }) { company { id etag } userErrors { code message } }
      createLicense(input: { companyId: 1, productId: 1, startDate: "2026-01-01", seats: 3, unitCost: "9.99", currency: "EUR" }) { license { id etag } userErrors { code message } }
    }`);
    expect(created.errors).toBeUndefined();
    const { company } = created.data.createCompany;
    const changed = await app.ask('admin', `mutation($id: ID!, $etag: String!, $license: ID!, $version: String!) {
      updateCompany(id: $id, etag: $etag, input: { name: "Renamed" }) { company { name } userErrors { code message } }
      deleteLicense(id: $license, etag: $version) { deletedId userErrors { code message } }
    }`, { ...company, license: created.data.createLicense.license.id, version: created.data.createLicense.license.etag });
    expect(changed.data.updateCompany).toEqual({ company: { name: 'Renamed' }, userErrors: [] });
    expect(changed.data.deleteLicense.userErrors).toEqual([]);
    expect(await shapes()).toEqual(before);
  });

  it('keeps columns that Seatwise does not know', async () => {
    const [license] = (await app.ask('admin', '{ licenses(first: 1) { nodes { id etag } } }')).data.licenses.nodes;
    const { data } = await app.ask('admin', 'mutation($id: ID!, $etag: String!) { updateLicense(id: $id, etag: $etag, input: { seats: 11 }) { userErrors { code } } }', license);
    expect(data.updateLicense.userErrors).toEqual([]);
    const [rows] = await runSql(`select note, number_of_licenses as seats from ${schema}.license_records where id = 1`);
    expect(rows).toEqual([{ note: 'kept', seats: 11 }]);
  });
});
