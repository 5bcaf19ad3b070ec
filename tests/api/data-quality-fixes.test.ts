import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';
import { DAY, qualityRows } from '../support/quality-rows.js';

const FIX = 'mutation($kind: DataQualityKind!, $ids: [ID!]!) { result: fixDataQuality(kind: $kind, findingIds: $ids) { fixed userErrors { field code message } } }';

onEachDatabase('fixing what is wrong in the data', (kind) => {
  let app: TestApp;
  beforeAll(async () => { app = await startTestApp(kind, { rows: qualityRows(kind) }); });
  afterAll(() => app.stop());

  /** The ids of today's findings by licence. */
  const ids = async (of: string): Promise<Record<string, string>> => {
    const { data, errors } = await app.ask('admin', 'query($kind: DataQualityKind!) { dataQuality { findings(kind: $kind, first: 500) { nodes { id license { id } } } } }', { kind: of });
    expect(errors).toBeUndefined();
    return Object.fromEntries(data.dataQuality.findings.nodes.map(({ id, license }: any) => [license.id, id]));
  };
  const count = async (of: string): Promise<number> => {
    const { data } = await app.ask('admin', '{ dataQuality { kinds { kind count } } }');
    return data.dataQuality.kinds.find((line: any) => line.kind === of).count;
  };
  const fix = async (of: string, findingIds: unknown[]) => {
    const { data, errors } = await app.ask('admin', FIX, { kind: of, ids: findingIds });
    expect(errors).toBeUndefined();
    return data.result;
  };
  const rows = () => app.database.read(sql`select id, total_cost + 0e0 as total, cost_per_license + 0e0 as cost, currency, status, number_of_licenses as seats from license_records order by id`);
  const everything = async () => [await rows(), await auditLog(app)];
  /** What a call refused; fails when anything was written. */
  const refused = async (of: string, findingIds: unknown[]) => {
    const before = await everything();
    const { fixed, userErrors } = await fix(of, findingIds);
    expect([fixed, await everything()]).toEqual([0, before]);
    return userErrors.map(({ field, code }: any) => [field.join('.'), code]);
  };

  it('sets totals to seats × cost, each with its entry in the history', async () => {
    const [before, found, logged] = [await count('TOTAL_DISAGREES'), await ids('TOTAL_DISAGREES'), (await auditLog(app)).length];
    // Named twice, it is still one finding.
    expect(await fix('TOTAL_DISAGREES', [found['33'], found['31'], found['33']])).toEqual({ fixed: 2, userErrors: [] });
    expect(await count('TOTAL_DISAGREES')).toBe(before - 2);
    const { data } = await app.ask('admin', '{ a: license(id: 31) { totalCost { amount } unitCost { amount } totalCostDisagrees history(first: 1) { nodes { via by changes { field before after } } } } b: license(id: 33) { totalCost { amount } } }');
    expect(data.a).toMatchObject({ totalCost: { amount: '199.90' }, unitCost: { amount: '19.99' }, totalCostDisagrees: false });
    expect(data.a.history.nodes).toEqual([{ via: 'QUALITY', by: 'admin@example.com', changes: [{ field: 'totalCost', before: '199.92', after: '199.90' }] }]);
    expect(data.b).toEqual({ totalCost: { amount: '4500' } });
    expect((await auditLog(app)).slice(logged).map(({ action, entity, entityId }) => [action, entity, entityId])).toEqual([['update', 'License', '31'], ['update', 'License', '33']]);
    // The findings are gone with the rows as they were.
    expect(await refused('TOTAL_DISAGREES', [found['31']])).toEqual([['findingIds.0', 'CONFLICT']]);
  });

  it('writes a known currency as its code', async () => {
    const found = await ids('UNKNOWN_CURRENCY');
    expect(await refused('UNKNOWN_CURRENCY', [found['40'], found['41'], found['42']])).toEqual([['findingIds.1', 'INVALID'], ['findingIds.2', 'INVALID']]);
    const sure = [found['40'], ...(kind.name === 'SQLite' ? [found['43']] : [])];
    expect(await fix('UNKNOWN_CURRENCY', sure)).toEqual({ fixed: sure.length, userErrors: [] });
    const stored = new Map((await rows()).map(({ id, currency }) => [id, currency]));
    expect([40, 41, 42, 43].map((id) => stored.get(id))).toEqual(['EUR', 'EU', '', kind.name === 'SQLite' ? 'GBP' : undefined]);
  });

  it('writes the status that the dates say, as the table mostly spells it', async () => {
    const found = await ids('STATUS_DISAGREES');
    expect(await fix('STATUS_DISAGREES', [found['60'], found['61'], found['66']])).toEqual({ fixed: 3, userErrors: [] });
    const stored = new Map((await rows()).map(({ id, status }) => [id, status]));
    expect([60, 61, 66].map((id) => stored.get(id))).toEqual(['EXPIRED', 'Active', 'Active']);
    expect(await ids('STATUS_DISAGREES')).not.toHaveProperty('60');
  });

  it('refuses all when one is gone, has changed, or is not certain, and tells each', async () => {
    await app.database.transaction(({ manager }) => manager.query('update license_records set total_cost = 1, number_of_licenses = 7 where id in (30, 62, 63, 64, 65)'));
    const found = await ids('TOTAL_DISAGREES');
    await app.database.transaction(async ({ manager }) => {
      await manager.query('delete from license_records where id = 62');
      await manager.query("update license_records set status = 'Elsewhere' where id = 63");
    });
    expect(await refused('TOTAL_DISAGREES', [found['30'], found['62'], found['63'], found['32'], found['34']])).toEqual([
      ['findingIds.1', 'NOT_FOUND'], ['findingIds.2', 'CONFLICT'], ['findingIds.3', 'INVALID'], ['findingIds.4', 'INVALID'],
    ]);
    expect(await fix('TOTAL_DISAGREES', [found['30']])).toEqual({ fixed: 1, userErrors: [] });
  });

  it('refuses what is no finding of the kind, kinds that nobody can be sure of, and too many at once', async () => {
    const [total] = Object.values(await ids('TOTAL_DISAGREES'));
    expect(await refused('STATUS_DISAGREES', [total, '', 'STATUS_DISAGREES.1', 'STATUS_DISAGREES.0.x', 'STATUS_DISAGREES.1.x.2.y', 'x'.repeat(5000)]))
      .toEqual([0, 1, 2, 3, 4, 5].map((index) => [`findingIds.${index}`, 'NOT_FOUND']));
    expect(await refused('STATUS_DISAGREES', ['STATUS_DISAGREES.4294967297.x'])).toEqual([['findingIds.0', 'NOT_FOUND']]);
    expect(await refused('OVERLAPPING_ROUNDS', [])).toEqual([['kind', 'INVALID']]);
    expect(await refused('TOTAL_DISAGREES', Array(1001).fill(total))).toEqual([['findingIds', 'INVALID']]);
    expect(await fix('TOTAL_DISAGREES', [])).toEqual({ fixed: 0, userErrors: [] });
  });

  it('fixes a finding once, however many want to at the same time', async () => {
    const found = await ids('TOTAL_DISAGREES');
    const answers = await Promise.all(Array.from({ length: 4 }, () => fix('TOTAL_DISAGREES', [found['64'], found['65']])));
    expect(answers.map(({ fixed }) => fixed).sort()).toEqual([0, 0, 0, 2]);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: any) => code))).toEqual(Array(6).fill('CONFLICT'));
  });

  describe('without the permission', () => {
    it('changes nothing', async () => {
      const before = await everything();
      for (const account of ['analyst', 'viewer', 'partner1', 'company1']) {
        const { errors } = await app.ask(account, FIX, { kind: 'TOTAL_DISAGREES', ids: Object.values(await ids('TOTAL_DISAGREES')) });
        expect([account, errors?.[0]?.extensions['code']]).toEqual([account, 'FORBIDDEN']);
      }
      expect(await everything()).toEqual(before);
      expect((await app.ask('analyst', 'query($asOf: Date) { dataQuality(asOf: $asOf) { kinds { count } } }', { asOf: DAY })).errors).toBeUndefined();
    });
  });
});
