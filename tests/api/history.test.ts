import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { onePage, pageThrough } from '../support/paging.js';
import { round } from '../support/rows.js';

const CHANGES = 'changes { field before after beforeLabel afterLabel }';
const ENTRY = `action via entity entityId label by byName importId ${CHANGES}`;
const TODAY = new Date().toISOString().slice(0, 10);

/** An entry as another version of Seatwise, or a file load, would have left it. */
interface Recorded {
  at: string;
  email: string | null;
  action: string;
  entity: string;
  entityId: string;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  via?: string | null;
  importId?: number | null;
}

onEachDatabase('history', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      environment: { REPORT_TIMEZONE: 'Europe/Berlin' },
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }, { id: 2, partner_name: 'P2' }],
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }, { id: 2, company_name: 'C2', active: 1, partner_id: null }],
        product: [{ id: 1, code: 'SUB', label: 'Subscription' }, { id: 2, code: 'ADM', label: 'Administration' }],
        license: [1, 2, 3].map((id) => round({ id, company_id: 1, cost_per_license: 19.99, number_of_licenses: 3, total_cost: 59.97 })),
      },
    });
  });
  afterAll(() => app.stop());

  /** Asks through a channel, as a page of the client would. */
  const through = async (channel: string | null, query: string, variables: Record<string, unknown> = {}) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST', body: JSON.stringify({ query, variables }),
      headers: {
        'content-type': 'application/json', authorization: `Bearer ${await app.tokenOf('admin')}`, ...(channel === null ? {} : { 'x-seatwise-channel': channel }),
      },
    });
    const { data, errors } = (await response.json()) as any;
    expect(errors).toBeUndefined();
    return data;
  };
  const update = async (id: number, input: Record<string, unknown>, channel: string | null = null) => {
    const { etag } = (await app.ask('admin', `{ license(id: ${id}) { etag } }`)).data.license;
    const { result } = await through(channel, `mutation($id: ID!, $etag: String!, $input: UpdateLicenseInput!) {
      result: updateLicense(id: $id, etag: $etag, input: $input) { userErrors { message } } }`, { id, etag, input });
    expect(result.userErrors).toEqual([]);
  };
  const history = async (root: string, id: number | string, fields = ENTRY) => {
    const { data, errors } = await app.ask('analyst', `{ row: ${root}(id: ${id}) { history { nodes { ${fields} } totalCount } } }`);
    expect(errors).toBeUndefined();
    expect(data.row.history.totalCount).toBe(data.row.history.nodes.length);
    return data.row.history.nodes;
  };
  const log = async (filter: string, fields = 'entityId') => onePage(app, { field: 'auditLog', args: `filter: ${filter},`, row: fields });
  const record = (entries: readonly Recorded[]) => app.database.transaction(async ({ manager }) => {
    for (const { at, email, action, entity, entityId, before = null, after = null, via = null, importId = null } of entries) {
      await manager.query(
        'insert into sw_audit_log (at, account_email, request_id, action, entity, entity_id, before_json, after_json, via, import_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        [at, email, 'r', action, entity, entityId, before && JSON.stringify(before), after && JSON.stringify(after), via, importId],
      );
    }
  });
  const change = (field: string, before: string | null, after: string | null, beforeLabel: string | null = null, afterLabel: string | null = null) =>
    ({ field, before, after, beforeLabel, afterLabel });

  it('tells of a round who changed which fields through what, the latest first', async () => {
    await update(1, { seats: 4 }, 'GRID');
    await update(1, { partnerId: '2', productId: '2', endDate: null }, 'FORM');
    await update(1, { currency: 'JPY', unitCost: '1500', status: 'Trial' }, 'IMPORT');
    const made = { via: 'FORM', entity: 'License', entityId: '1', label: 'P2 · Administration', by: 'admin@example.com', byName: 'admin', importId: null, action: 'UPDATE' };
    expect(await history('license', 1)).toEqual([
      // Nobody says of themselves that they are an import.
      { ...made, via: 'API', changes: [change('unitCost', '19.99', '1500'), change('totalCost', '79.96', '6000'), change('currency', 'EUR', 'JPY'), change('status', 'Active', 'Trial')] },
      {
        ...made, changes: [
          change('companyId', '1', null, 'C1'), change('partnerId', null, '2', null, 'P2'), change('productId', '1', '2', 'Subscription', 'Administration'), change('endDate', '2026-12-31', null),
        ],
      },
      { ...made, via: 'GRID', label: 'C1 · Subscription', changes: [change('seats', '3', '4'), change('totalCost', '59.97', '79.96')] },
    ]);
  });

  it('tells of companies, partners and what else is created and deleted', async () => {
    const { company } = (await through('FORM', 'mutation { result: createCompany(input: { name: "Acme", partnerId: 2 }) { company { id etag } } }')).result;
    await through(null, 'mutation($id: ID!, $etag: String!) { updateCompany(id: $id, etag: $etag, input: { active: false }) { userErrors { code } } }', company);
    expect((await history('company', company.id, `action label ${CHANGES}`))).toEqual([
      { action: 'UPDATE', label: 'Acme', changes: [change('active', 'true', 'false')] },
      { action: 'CREATE', label: 'Acme', changes: [change('name', null, 'Acme'), change('active', null, 'true'), change('partnerId', null, '2', null, 'P2')] },
    ]);
    const { partner } = (await through('FORM', 'mutation { result: createPartner(input: { name: "Short-lived" }) { partner { id etag } } }')).result;
    expect(await history('partner', partner.id, `action ${CHANGES}`)).toEqual([{ action: 'CREATE', changes: [change('name', null, 'Short-lived')] }]);
    await update(2, { partnerId: partner.id });
    await update(2, { companyId: '1' });
    await through('FORM', 'mutation($id: ID!, $etag: String!) { deletePartner(id: $id, etag: $etag) { userErrors { code } } }', partner);
    // A partner that is gone is still called by its name.
    expect((await history('license', 2, `label ${CHANGES}`))[1]).toEqual({
      label: 'Short-lived · Subscription', changes: [change('companyId', '1', null, 'C1'), change('partnerId', null, partner.id, null, 'Short-lived')],
    });
    await through(null, 'mutation { createPrice(input: { productSlug: "forms", amount: "59.9", currency: "KWD", intervalMonths: 12, validFrom: "2026-01-01" }) { userErrors { code } } }');
    expect(await log('{ entities: ["Price"] }', `label ${CHANGES}`)).toEqual([{
      label: 'forms', changes: [change('productSlug', null, 'forms'), change('amount', null, '59.900'), change('currency', null, 'KWD'), change('intervalMonths', null, '12'), change('validFrom', null, '2026-01-01')],
    }]);
  });

  it('keeps the histories of several things apart, each paged by itself', async () => {
    await update(3, { seats: 5 });
    await update(3, { seats: 6 });
    const { data } = await app.ask('analyst', '{ licenses { nodes { id history(first: 1) { totalCount pageInfo { hasNextPage endCursor } nodes { entityId changes { field after } } } } } }');
    expect(data.licenses.nodes.map(({ id, history: { totalCount, nodes, pageInfo } }: any) => [id, totalCount, nodes[0].entityId, nodes[0].changes[0].field, pageInfo.hasNextPage])).toEqual([
      ['1', 3, '1', 'unitCost', true], ['2', 2, '2', 'companyId', true], ['3', 2, '3', 'seats', true],
    ]);
    const next = await app.ask('analyst', 'query($after: String) { license(id: 3) { history(first: 5, after: $after) { pageInfo { hasNextPage hasPreviousPage } nodes { changes { after } } } } }', {
      after: data.licenses.nodes[2].history.pageInfo.endCursor,
    });
    expect(next.data.license.history).toEqual({ pageInfo: { hasNextPage: false, hasPreviousPage: true }, nodes: [{ changes: [{ after: '5' }, { after: '99.95' }] }] });
  });

  it('never shows a password or a token, whoever recorded one', async () => {
    await record([{
      at: '2025-01-01 00:00:00.000', email: null, action: 'update', entity: 'Account', entityId: '900', via: 'SYSTEM',
      before: { email: 'a@b.example', passwordHash: 'one', disabled: 0, password: 'p', refreshToken: 't' }, after: { email: 'a@b.example', passwordHash: 'two', disabled: 1, password: 'q', refreshToken: 'u' },
    }]);
    expect(await log('{ entities: ["Account"], entityId: "900" }', `label by byName via ${CHANGES}`)).toEqual([
      { label: 'a@b.example', by: null, byName: null, via: 'SYSTEM', changes: [change('disabled', 'false', 'true')] },
    ]);
  });

  describe('the log', () => {
    beforeAll(() => record([
      { at: '2024-03-30 22:59:59.999', email: 'Old@Example.com', action: 'create', entity: 'Note', entityId: 'a', after: { text: 'one' } },
      // Berlin: the 31st of March 2024 begins at 23:00 UTC and ends, an hour short, at 22:00.
      { at: '2024-03-30 23:00:00.000', email: 'old@example.com', action: 'update', entity: 'Note', entityId: 'a', before: { text: 'one' }, after: { text: 'two' }, via: 'GRID' },
      { at: '2024-03-31 21:59:59.999', email: null, action: 'load', entity: 'Note', entityId: 'b', after: { rows: 2, list: [[1, 'x']] } },
      { at: '2024-03-31 22:00:00.000', email: null, action: 'delete', entity: 'Other', entityId: 'a', before: { text: 'two' }, via: 'IMPORT', importId: 7 },
      // An instant shared by several: the order of recording decides.
      ...['c', 'd', 'e'].map((entityId) => ({ at: '2024-04-05 00:00:00.000', email: 'x_y@example.com', action: 'create', entity: 'Note', entityId, after: { big: 1e21, small: 1e-7 }, via: 'IMPORT', importId: 7 })),
    ]));

    it.each<[string, string[]]>([
      ['{ entities: ["Note"] }', ['e', 'd', 'c', 'b', 'a', 'a']],
      ['{ entities: ["Note", "Other"], to: "2024-03-31" }', ['b', 'a', 'a']],
      ['{ entities: ["Note"], from: "2024-03-31", to: "2024-03-31" }', ['b', 'a']],
      ['{ to: "2024-03-30" }', ['a']],
      ['{ from: "2024-04-01", to: "2024-04-05" }', ['e', 'd', 'c', 'a']],
      ['{ entities: ["Note"], entityId: "a" }', ['a', 'a']],
      ['{ entities: ["Note"], actions: [LOAD, UPDATE] }', ['b', 'a']],
      ['{ entities: ["Note"], channels: [API] }', ['a']],
      ['{ entities: ["Note"], channels: [SYSTEM, GRID] }', ['b', 'a']],
      ['{ importId: "7" }', ['e', 'd', 'c', 'a']],
      ['{ importId: 7, actions: [DELETE] }', ['a']],
      ['{ entities: ["Note"], by: "OLD@" }', ['a', 'a']],
      ['{ entities: ["Note"], by: "x_y" }', ['e', 'd', 'c']],
      ['{ entities: ["Note"], by: "_@" }', []],
      ['{ entities: [] }', []],
      ['{ entities: ["Note", "Other"], restorable: true }', []],
    ])('passes %s', async (filter, ids) => {
      expect((await log(filter)).map((entry: any) => entry.entityId)).toEqual(ids);
      const { data } = await app.ask('admin', `{ auditLog(first: 1, filter: ${filter}) { totalCount } }`);
      expect(data.auditLog.totalCount).toBe(ids.length);
    });

    it.each(['filter: { entities: ["Note"] },', 'filter: { importId: 7 },', ''])('is read page by page without gaps (%s)', async (args) => {
      const question = { field: 'auditLog', args, row: 'id entity entityId' };
      expect(await pageThrough(app, question, 2)).toEqual(await onePage(app, question));
    });

    it('shows numbers in full and lists as JSON', async () => {
      expect(await log('{ entities: ["Note"], entityId: "c" }', 'at via importId changes { field after }')).toEqual([
        { at: '2024-04-05T00:00:00.000Z', via: 'IMPORT', importId: '7', changes: [{ field: 'big', after: '1000000000000000000000' }, { field: 'small', after: '0.0000001' }] },
      ]);
      expect(await log('{ entities: ["Note"], entityId: "b" }', 'changes { field after }')).toEqual([{ changes: [{ field: 'rows', after: '2' }, { field: 'list', after: '[[1,"x"]]' }] }]);
    });

    it.each([['{ entityId: "a" }', 'filter.entityId'], ['{ entities: ["Note", "Other"], entityId: "a" }', 'filter.entityId'], ['{ importId: "x" }', 'filter.importId']])('refuses %s', async (filter, field) => {
      const { errors } = await app.ask('admin', `{ auditLog(filter: ${filter}) { totalCount } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
    });

    it('begins with today', async () => {
      expect((await log(`{ from: "${TODAY}", entities: ["Price"] }`)).length).toBe(1);
    });

    it('is found along its indexes, however long it grows', async () => {
      // Enough rows that reading all of them costs more.
      await app.database.transaction(async ({ manager }) => {
        const values = Array.from({ length: 400 }, (_, n) => `('2023-01-01 00:00:00.${String(n).padStart(3, '0')}', 'r', 'create', 'Filler', '${n}', 'IMPORT', ${n % 40})`);
        for (let times = 0; times < 5; times += 1) await manager.query(`insert into sw_audit_log (at, request_id, action, entity, entity_id, via, import_id) values ${values.join(', ')}`);
        await manager.query(kind.name === 'SQLite' ? 'analyze' : 'analyze table sw_audit_log');
      });
      const planOf = async (filter: string, after: string | null = null) => {
        const [text = ''] = await app.statementsOf(() => app.ask('admin', `query($after: String) { auditLog(first: 5, after: $after, filter: ${filter}) { nodes { id } } }`, { after }));
        const values = [...text.matchAll(/\?/g)].map((_, index) => ['2024-03-30 00:00:00', '2024-04-06 00:00:00'][index % 2]);
        const rows = await app.database.transaction(({ manager }) => manager.query<Record<string, unknown>[]>(`${kind.name === 'SQLite' ? 'explain query plan' : 'explain'} ${text}`, values));
        return JSON.stringify(rows);
      };
      const { data } = await app.ask('admin', '{ auditLog(first: 3) { pageInfo { endCursor } } }');
      expect(await planOf('{ from: "2024-03-30", to: "2024-04-05" }')).toContain('ix_sw_audit_log_at');
      expect(await planOf('{}', data.auditLog.pageInfo.endCursor)).toContain('ix_sw_audit_log_at');
      expect(await planOf('{ entities: ["Note"], entityId: "a" }')).toContain('ix_sw_audit_log_entity');
      expect(await planOf('{ importId: 7 }')).toContain('ix_sw_audit_log_import');
    });
  });

  it.each(['viewer', 'partner1', 'company1'])('is not for %s', async (account) => {
    const log = await app.ask(account, '{ auditLog { totalCount } }');
    expect(log.errors?.map(({ extensions }) => [extensions['code'], extensions['permission']])).toEqual([['FORBIDDEN', 'READ_AUDIT']]);
    for (const [row, type] of [['license(id: 2)', 'License'], ['company(id: 1)', 'Company'], ...(account === 'company1' ? [] : [['partner(id: 1)', 'Partner']])]) {
      const { errors } = await app.ask(account, `{ ${row} { id history { totalCount } } }`);
      expect(errors?.map(({ message }) => message)).toEqual([`Cannot query field "history" on type "${type}".`]);
    }
  });

  it('is read by analysts row by row, the whole log by administrators only', async () => {
    expect((await app.ask('analyst', '{ auditLog { totalCount } }')).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect((await app.ask('analyst', '{ licenses { nodes { history { nodes { byName restorable } } } } }')).errors).toBeUndefined();
  });
});
