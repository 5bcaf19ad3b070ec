import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { DAY, qualityRows } from '../support/quality-rows.js';

const COUNTS = 'query($filter: DataQualityFilter, $asOf: Date) { dataQuality(filter: $filter, asOf: $asOf) { asOf kinds { kind severity count fixable } } }';
const FINDINGS = `query($kind: DataQualityKind!, $first: Int, $after: String, $filter: DataQualityFilter, $asOf: Date) { dataQuality(filter: $filter, asOf: $asOf) {
  findings(kind: $kind, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { cursor } nodes {
    id kind message rows siteHost license { id } otherLicense { id } user { id } owner { ... on Company { name } ... on Partner { name } } fix { field before after } } } } }`;

onEachDatabase('data quality', (kind) => {
  let app: TestApp;
  beforeAll(async () => { app = await startTestApp(kind, { rows: qualityRows(kind) }); });
  afterAll(() => app.stop());
  const blanks = kind.name === 'SQLite';

  const counts = async (filter?: unknown, asOf = DAY): Promise<Record<string, number>> => {
    const { data, errors } = await app.ask('analyst', COUNTS, { filter, asOf });
    expect(errors).toBeUndefined();
    return Object.fromEntries(data.dataQuality.kinds.map((line: any) => [line.kind, line.count]));
  };
  const findings = async (of: string, more: Record<string, unknown> = {}) => {
    const { data, errors } = await app.ask('analyst', FINDINGS, { kind: of, asOf: DAY, ...more });
    expect(errors).toBeUndefined();
    return data.dataQuality.findings;
  };
  const licenses = async (of: string, more?: Record<string, unknown>) => (await findings(of, more)).nodes.map(({ license }: any) => Number(license.id));

  it('counts every kind, the gravest first, and says which can be fixed', async () => {
    const { data } = await app.ask('analyst', COUNTS, { asOf: DAY });
    expect(data.dataQuality.asOf).toBe(DAY);
    expect(data.dataQuality.kinds.map(({ kind: name, severity, count, fixable }: any) => [name, severity, count, fixable])).toEqual([
      ['NO_OWNER', 'ERROR', 1, false], ['TWO_OWNERS', 'ERROR', 1, false], ['END_BEFORE_START', 'ERROR', 1, false], ['SEATS_NOT_POSITIVE', 'ERROR', 2, false],
      ['UNKNOWN_CURRENCY', 'ERROR', blanks ? 4 : 3, true], ['UNKNOWN_PRODUCT', 'ERROR', 1, false],
      ['OVERLAPPING_ROUNDS', 'WARNING', 4, false], ['TOTAL_DISAGREES', 'WARNING', 4, true], ['STATUS_DISAGREES', 'WARNING', 3, true], ['COST_NOT_POSITIVE', 'WARNING', 3, false],
      ['LICENSES_OF_INACTIVE_COMPANY', 'WARNING', 1, false], ['ACTIVITY_OF_INACTIVE_USER', 'WARNING', 2, false], ['ACTIVITY_OF_UNKNOWN_USER', 'WARNING', 2, false],
      ['DUPLICATE_TRIALS', 'WARNING', 2, false],
    ]);
  });

  it('lists as many as it counts, of every kind', async () => {
    for (const [name, count] of Object.entries(await counts())) {
      const { totalCount, nodes } = await findings(name);
      expect([name, totalCount, nodes.length, new Set(nodes.map(({ id }: any) => id)).size]).toEqual([name, count, count, count]);
      expect(nodes.every((node: any) => node.kind === name && /^[A-Z0-9“].*\.$/.test(node.message))).toBe(true);
    }
  });

  it('finds rounds that begin while another of the same owner and product runs, with the one that runs longest', async () => {
    const { nodes } = await findings('OVERLAPPING_ROUNDS');
    expect(nodes.map((node: any) => [node.license.id, node.otherLicense.id, node.owner.name, node.message])).toEqual([
      ['2', '1', 'C1', 'The round begins on 2026-12-31, while licence 1 of the same owner and product runs to 2026-12-31.'],
      ['7', '6', 'C2', 'The round begins on 2025-02-01, while licence 6 of the same owner and product runs to 2030-12-31.'],
      ['8', '6', 'C2', 'The round begins on 2026-01-01, while licence 6 of the same owner and product runs to 2030-12-31.'],
      ['11', '10', 'P1', 'The round begins on 2026-01-01, while licence 10 of the same owner and product runs to 2026-12-31.'],
    ]);
  });

  it('finds rounds that are wrong by themselves, and says in words what is the matter', async () => {
    const words = async (of: string) => Object.fromEntries((await findings(of)).nodes.map((node: any) => [node.license.id, node.message]));
    expect(await words('END_BEFORE_START')).toEqual({ 20: 'The last day 2026-04-30 is before the first day 2026-05-01.' });
    expect(await words('SEATS_NOT_POSITIVE')).toEqual({ 9: 'The number of seats is 0.', 22: 'The number of seats is -5.' });
    expect(await words('COST_NOT_POSITIVE')).toEqual({ 23: 'The unit cost is zero.', 24: 'The unit cost is -1.50 EUR.', 34: 'The unit cost is zero.' });
    expect(await words('UNKNOWN_PRODUCT')).toEqual({ 50: 'There is no product with the id 99.' });
    expect(await words('NO_OWNER')).toEqual({ 51: 'The round names neither a company nor a partner.' });
    expect(await words('TWO_OWNERS')).toEqual({ 52: 'The round names company 123 and partner 1; only one can be its owner.' });
    expect((await findings('TWO_OWNERS')).nodes[0].owner).toBeNull();
    expect(await words('LICENSES_OF_INACTIVE_COMPANY')).toEqual({ 70: 'C3 is switched off, and the round runs to 2026-06-30.' });
    expect(await licenses('LICENSES_OF_INACTIVE_COMPANY', { asOf: '2026-07-01' })).toEqual([]);
  });

  it('gives the value of a fix only where it is certain', async () => {
    const fixes = async (of: string, asOf: string | null) => Object.fromEntries((await findings(of, { asOf })).nodes.map((node: any) => [node.license.id, node.fix && [node.fix.field, node.fix.before, node.fix.after]]));
    expect(await fixes('TOTAL_DISAGREES', DAY)).toEqual({ 31: ['totalCost', '199.92', '199.90'], 32: null, 33: ['totalCost', '4000', '4500'], 34: null });
    expect(await fixes('UNKNOWN_CURRENCY', DAY)).toEqual({ 40: ['currency', 'eur', 'EUR'], 41: null, 42: null, ...(blanks ? { 43: ['currency', ' gbp ', 'GBP'] } : {}) });
    // Dates of another day say nothing of today. Mostly the table writes EXPIRED: 63 and 64 against one of each other spelling.
    expect(await fixes('STATUS_DISAGREES', DAY)).toEqual({ 60: null, 61: null, 66: null });
    expect(await fixes('STATUS_DISAGREES', null)).toMatchObject({ 60: ['status', 'ACTIVE', 'EXPIRED'], 61: ['status', 'Expired', 'Active'], 66: ['status', 'expired', 'Active'] });
  });

  it('judges a status after the grace period, and leaves other words alone', async () => {
    expect(await licenses('STATUS_DISAGREES')).toEqual([60, 61, 66]);
    // 62 ended on 23 June: its grace is over on 1 July.
    expect(await licenses('STATUS_DISAGREES', { asOf: '2026-07-01' })).toEqual([60, 61, 62, 66]);
    expect((await findings('STATUS_DISAGREES', { asOf: '2026-07-01' })).nodes.map(({ message }: any) => message)).toEqual([
      'The status says “ACTIVE”, but the round and its grace ended on 2021-01-07.', 'The status says “Expired”, but the round runs to 2099-12-31.',
      'The status says “Active”, but the round and its grace ended on 2026-06-30.', 'The status says “expired”, but the round runs without end.',
    ]);
  });

  it('finds log entries of users who are unknown or switched off, and trials that a site has twice', async () => {
    const rowsOf = async (of: string) => (await findings(of)).nodes.map((node: any) => [node.user?.id ?? node.siteHost, node.owner?.name, node.rows, node.message]);
    expect(await rowsOf('ACTIVITY_OF_INACTIVE_USER')).toEqual([
      ['2', 'C1', 2, '2 log entries from 2026-06-17 to 2026-06-30 of First2 Last2, who is switched off.'],
      ['3', 'P1', 1, '1 log entry from 2026-06-17 to 2026-06-30 of First3 Last3, who is switched off.'],
    ]);
    expect(await rowsOf('ACTIVITY_OF_UNKNOWN_USER')).toEqual([
      [null, undefined, 3, '3 log entries of user 999, who does not exist.'], [null, undefined, 1, '1 log entry of user 1001, who does not exist.'],
    ]);
    expect(await rowsOf('DUPLICATE_TRIALS')).toEqual([
      ['alpha.example', undefined, 2, '2 trials of forms on alpha.example.'], ['gamma.example', undefined, 3, '3 trials of forms on gamma.example.'],
    ]);
  });

  it('keeps to the owners of the filter, asked again and again', async () => {
    const only = (found: Record<string, number>) => Object.fromEntries(Object.entries(found).filter(([, count]) => count > 0));
    for (let time = 0; time < 3; time += 1) {
      expect(only(await counts({ companyIds: ['2', '123'] }))).toEqual({ OVERLAPPING_ROUNDS: 2, SEATS_NOT_POSITIVE: 1, COST_NOT_POSITIVE: 1, TWO_OWNERS: 1 });
      // With its company 1.
      expect(only(await counts({ partnerIds: ['1'] }))).toEqual({ OVERLAPPING_ROUNDS: 2, TWO_OWNERS: 1, ACTIVITY_OF_INACTIVE_USER: 2 });
    }
    expect(only(await counts({ companyIds: [] }))).toEqual({});
    expect(await licenses('OVERLAPPING_ROUNDS', { filter: { partnerIds: ['1'] } })).toEqual([2, 11]);
    expect((await findings('DUPLICATE_TRIALS', { filter: { partnerIds: ['1'] } })).nodes).toEqual([]);
    expect((await findings('ACTIVITY_OF_UNKNOWN_USER', { filter: { companyIds: ['1'] } })).totalCount).toBe(0);
  });

  it('pages through a kind, and refuses the cursor of another', async () => {
    for (const name of ['OVERLAPPING_ROUNDS', 'TOTAL_DISAGREES', 'ACTIVITY_OF_UNKNOWN_USER', 'ACTIVITY_OF_INACTIVE_USER', 'DUPLICATE_TRIALS']) {
      const whole = await findings(name);
      const ids: string[] = [];
      for (let after = null, more = true; more;) {
        const page = await findings(name, { first: 1, after });
        ids.push(...page.nodes.map(({ id }: any) => id));
        [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
      }
      expect(ids).toEqual(whole.nodes.map(({ id }: any) => id));
    }
    const { edges } = await findings('TOTAL_DISAGREES');
    const { errors } = await app.ask('admin', FINDINGS, { kind: 'STATUS_DISAGREES', after: edges[0].cursor });
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('asks the database few questions', async () => {
    expect((await app.statementsOf(() => counts())).length).toBeLessThanOrEqual(5);
    expect((await app.statementsOf(() => findings('TOTAL_DISAGREES'))).length).toBeLessThanOrEqual(4);
  });

  describe('without an index on the users of the log', () => {
    it('finds the same', async () => {
      const index = kind.name === 'SQLite' ? 'drop index fido1.`ix_app_log_user_id_timestamp`' : `drop index ix_app_log_user_id_timestamp on ${app.database.tables.activity.schema}.app_log`;
      const kinds = ['ACTIVITY_OF_INACTIVE_USER', 'ACTIVITY_OF_UNKNOWN_USER'];
      const before = await Promise.all(kinds.map((name) => findings(name)));
      await app.database.transaction(({ manager }) => manager.query(index));
      await app.restart();
      expect(await Promise.all(kinds.map((name) => findings(name)))).toEqual(before);
      expect(await counts()).toMatchObject({ ACTIVITY_OF_INACTIVE_USER: 2, ACTIVITY_OF_UNKNOWN_USER: 2 });
    });
  });

  it('is for those who may read it', async () => {
    for (const account of ['viewer', 'partner1', 'company1']) {
      expect((await app.ask(account, COUNTS)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
  });
});
