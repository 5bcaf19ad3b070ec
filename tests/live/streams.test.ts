import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenBy } from '../support/api-tokens.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { seen } from '../support/dashboard-rows.js';
import { onEachDatabase } from '../support/databases.js';
import { embedBy } from '../support/embeds.js';
import { startProviderServer } from '../support/provider-server.js';
import { providerEnvironment, synchronised } from '../support/providers.js';
import { writeEntry } from '../support/rollup.js';
import { insertRows, round, user } from '../support/rows.js';
import { openStream, type OpenStream } from '../support/streams.js';

const DASHBOARD = 'subscription { dashboardChanged { at causes } }';
const LICENCES = 'subscription { licenseChanged { licenseIds more } }';
const rows = {
  partner: [{ id: 1, partner_name: 'P1' }, { id: 2, partner_name: 'P2' }],
  company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }, { id: 2, company_name: 'C2', active: 1, partner_id: 2 }],
  product: [{ id: 1, code: 'SUB', label: 'Sub' }],
  license: [round({ id: 1, company_id: 1 }), round({ id: 2, company_id: 2 }), round({ id: 3, company_id: 2 })],
  user: [user(1, { company_id: 1 }), user(2, { company_id: 2 })],
  activity: [seen(1, 1, '2026-06-01 10:00:00')],
};
/** Long enough for two looks at the database. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 2500));

onEachDatabase('streams', (kind) => {
  let app: TestApp;
  const streams: OpenStream[] = [];
  beforeAll(async () => {
    app = await startTestApp(kind, { rows, environment: { REQUESTS_PER_MINUTE_TOKEN: '4' } });
  });
  afterEach(() => streams.splice(0).forEach((stream) => stream.close()));
  afterAll(() => app.stop());

  const open = async (account: string, query: string, variables: Record<string, unknown> = {}) => {
    const stream = openStream(app, await app.tokenOf(account), query, variables);
    streams.push(stream);
    return stream;
  };
  /** The stream, and that later changes will be told. */
  const opened = async (account: string, query: string) => {
    const stream = await open(account, query);
    expect(Object.values(await stream.next())[0]).toMatchObject(query === LICENCES ? { licenseIds: [], more: false } : { causes: [] });
    return stream;
  };
  const seats = async (id: number, number: number, url = app) => {
    const { data } = await app.ask('admin', '{ license(id: ' + id + ') { etag } }');
    const changed = await url.ask('admin', 'mutation($id: ID!, $etag: String!, $input: UpdateLicenseInput!) { updateLicense(id: $id, etag: $etag, input: $input) { userErrors { message } } }', {
      id, etag: data.license.etag, input: { seats: number },
    });
    expect(changed.data.updateLicense.userErrors).toEqual([]);
  };

  it('tell at the beginning, when somebody is active, and when something is changed by another instance', async () => {
    const stream = await opened('admin', DASHBOARD);
    await writeEntry(app.database, { id: 10, user: 1, at: '2026-06-02 10:00:00' });
    expect(await stream.next()).toMatchObject({ dashboardChanged: { causes: ['ACTIVITY'] } });
    const other = await app.another();
    try {
      await seats(1, 11, { ...app, ...other });
    } finally {
      await other.stop();
    }
    expect(await stream.next()).toMatchObject({ dashboardChanged: { causes: ['CHANGES'] } });
    await quiet();
    expect(stream.events).toHaveLength(3);
  });

  it('tell of an entry that was committed behind one with a higher id', async () => {
    const stream = await opened('admin', DASHBOARD);
    await writeEntry(app.database, { id: 7, user: 1, at: '2026-06-02 10:00:00' });
    expect(await stream.next()).toMatchObject({ dashboardChanged: { causes: ['ACTIVITY'] } });
  });

  it('tell nothing of what no figure depends on: entries of nobody, tokens, kept queries', async () => {
    const stream = await opened('admin', DASHBOARD);
    await writeEntry(app.database, { id: 15, user: null, at: '2026-06-02 10:00:00' });
    await tokenBy(app, 'analyst', { role: 'ANALYST' });
    await quiet();
    expect(stream.events).toHaveLength(1);
  });

  it('count as one request, however many events come', async () => {
    const { token } = await tokenBy(app, 'admin', { role: 'ADMIN' });
    const stream = openStream(app, token, DASHBOARD);
    streams.push(stream);
    await stream.next();
    for (const id of [30, 31, 32, 33, 34]) {
      await writeEntry(app.database, { id, user: 1, at: '2026-06-02 10:00:00' });
      expect(await stream.next()).toMatchObject({ dashboardChanged: { causes: ['ACTIVITY'] } });
    }
  }, 30_000);

  describe('of tenants', () => {
    it('carry what happens to their own rows, and nothing of others', async () => {
      const [own, other, company] = [await opened('partner1', DASHBOARD), await opened('partner2', DASHBOARD), await opened('company2', DASHBOARD)];
      const [ownRounds, otherRounds] = [await opened('partner1', LICENCES), await opened('partner2', LICENCES)];
      await writeEntry(app.database, { id: 20, user: 2, at: '2026-06-02 10:00:00' });
      await seats(2, 22);
      expect((await otherRounds.next()).licenseChanged).toEqual({ licenseIds: ['2'], more: false });
      await Promise.all([other.next(), company.next()]);
      await quiet();
      expect([own.events.length, ownRounds.events.length]).toEqual([1, 1]);
    });

    it('carry the end of a round, and its way to another tenant, to both and to nobody else', async () => {
      await insertRows(app.database, { license: [round({ id: 8, company_id: 1 }), round({ id: 9, company_id: 2 })] });
      const [first, second] = [await opened('partner1', LICENCES), await opened('partner2', LICENCES)];
      const etagOf = async (id: number) => (await app.ask('admin', `{ license(id: ${id}) { etag } }`)).data.license.etag;
      await app.ask('admin', 'mutation($etag: String!) { deleteLicense(id: 9, etag: $etag) { deletedId } }', { etag: await etagOf(9) });
      expect((await second.next()).licenseChanged.licenseIds).toEqual(['9']);
      await app.ask('admin', 'mutation($etag: String!) { updateLicense(id: 8, etag: $etag, input: { companyId: 2 }) { userErrors { message } } }', { etag: await etagOf(8) });
      expect((await Promise.all([first.next(), second.next()])).map(({ licenseChanged }) => licenseChanged.licenseIds)).toEqual([['8'], ['8']]);
      expect(first.events).toHaveLength(2);
    });
  });

  describe('end', () => {
    it('within five seconds of their token\'s revocation, and tell why', async () => {
      const { token, id } = await tokenBy(app, 'partner1', { role: 'PARTNER' });
      const stream = openStream(app, token, DASHBOARD);
      streams.push(stream);
      await stream.next();
      const other = await app.another();
      try {
        await other.ask('partner1', 'mutation($id: ID!) { revokeOwnApiToken(id: $id) { revokedId } }', { id });
      } finally {
        await other.stop();
      }
      expect(await stream.next(5500)).toEqual(['UNAUTHENTICATED']);
      await stream.ended;
    }, 20_000);

    it('when the server stops, which does not wait for them', async () => {
      const other = await app.another();
      const stream = openStream(other, await app.tokenOf('admin'), DASHBOARD);
      await stream.next();
      const started = Date.now();
      await other.stop();
      await stream.ended;
      expect(Date.now() - started).toBeLessThan(10_000);
    }, 20_000);
  });

  const needs = { dashboardChanged: 'READ_REPORTS', licenseChanged: 'READ_LICENSES', importProgress: 'IMPORT_DATA', syncProgress: 'READ_PROVIDERS' };
  it.each(Object.entries(needs))('%s opens for those who hold %s alone', async (field, permission) => {
    for (const account of ['admin', 'analyst', 'viewer', 'partner1', 'company1']) {
      const { data } = await app.ask(account, '{ viewer { permissions } }');
      const args = field === 'importProgress' ? '(id: "1")' : '';
      const stream = await open(account, `subscription { ${field}${args} { __typename } }`);
      if (!data.viewer.permissions.includes(permission)) expect([account, await stream.next()]).toEqual([account, ['FORBIDDEN']]);
      else expect([account, Object.keys(await stream.next())]).toEqual([account, [field]]);
    }
  });

  it('open for nobody without a token, and for no embed token', async () => {
    const { token } = await embedBy(app, 'partner1');
    for (const bearer of [null, 'swt_nobody', token]) {
      const stream = openStream(app, bearer, DASHBOARD);
      expect(await stream.next()).toEqual(['UNAUTHENTICATED']);
      await stream.ended;
    }
  });

  it.each([
    ['{ viewer { role } }', 'BAD_USER_INPUT'], ['subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'], ['subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['subscription($id: ID!) { importProgress(id: $id) { id } }', 'BAD_USER_INPUT'], ['subscription { importProgress(id: "x") { id } }', 'BAD_USER_INPUT'],
    [`subscription { ${Array.from({ length: 40 }, (_, n) => `a${n}: dashboardChanged { at }`).join(' ')} }`, 'QUERY_TOO_LARGE'],
  ])('answer %.60s by the code of what is wrong', async (query, code) => {
    const stream = await open('admin', query);
    expect(await stream.next()).toEqual([code]);
  });

  it('are asked for as events, and nowhere else', async () => {
    const response = await fetch(`${app.url}/graphql/stream`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await app.tokenOf('admin')}` }, body: JSON.stringify({ query: DASHBOARD }),
    });
    expect(response.status).toBe(406);
    const { errors } = await app.ask('admin', DASHBOARD);
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('/graphql/stream'), extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('follow an import to its end', async () => {
    const response = await fetch(`${app.url}/imports?subject=COMPANIES&fileName=c.csv`, {
      method: 'POST', headers: { authorization: `Bearer ${await app.tokenOf('admin')}` }, body: 'name,active\nNew one,1\n',
    });
    const { id } = (await response.json()) as { id: string };
    const stream = await open('admin', 'subscription($id: ID!) { importProgress(id: $id) { state } }', { id });
    expect((await stream.next()).importProgress.state).toEqual(expect.any(String));
    await stream.ended;
  }, 20_000);

  it('follow a synchronisation from before it begins to its end', async () => {
    const provider = await startProviderServer({ token: 'a token', licenses: [] });
    const synced = await startTestApp(kind, { environment: providerEnvironment(provider, { token: 'a token' }) });
    try {
      const stream = openStream(synced, await synced.tokenOf('admin'), 'subscription { syncProgress { name state progress { read } } }');
      streams.push(stream);
      expect(await stream.next()).toEqual({ syncProgress: [{ name: 'shop', state: 'NEVER_SYNCED', progress: null }] });
      await synchronised(synced);
      let event = await stream.next();
      while (event.syncProgress[0].state !== 'FRESH' || event.syncProgress[0].progress !== null) event = await stream.next();
      const told = stream.events.length;
      await quiet();
      expect(stream.events).toHaveLength(told);
    } finally {
      await synced.stop();
      await provider.stop();
    }
  }, 30_000);

  it('look after all of their sessions in one statement', async () => {
    for (const account of ['admin', 'analyst', 'viewer', 'partner1', 'partner2', 'company1', 'company2', 'company3']) await opened(account, DASHBOARD);
    await quiet();
    const looks = (await app.allStatementsDuring(() => new Promise((resolve) => setTimeout(resolve, 6000)))).filter((text) => text.includes('sw_sessions'));
    expect(looks.length).toBeGreaterThanOrEqual(1);
    expect(looks.length).toBeLessThanOrEqual(3);
  }, 30_000);
});
