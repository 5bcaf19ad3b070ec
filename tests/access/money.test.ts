import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getDirective } from '@graphql-tools/utils';
import { getNamedType, isObjectType } from 'graphql';
import { createSchema } from '../../server/schema.js';
import { startTestApp, type Answer, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { round, user } from '../support/rows.js';

const schema = createSchema();

/** Fields that show money, with a selection that reaches each of them. */
const moneyFields: Record<string, string> = {
  'License.unitCost': '{ license(id: "1") { unitCost { amount } } }',
  'License.annualValue': '{ licenses { edges { node { annualValue { amount } } } } }',
  'License.totalCost': '{ companies { nodes { licenses { nodes { totalCost { amount } } } } } }',
  'License.totalCostDisagrees': '{ partners { nodes { licenses { nodes { totalCostDisagrees } } } } }',
  'Dashboard.revenue': '{ dashboard { revenue { seats } } }',
  'Dashboard.revenueIn': '{ dashboard { revenueIn(currency: "EUR") { money { amount } } } }',
  'UnifiedLicense.renewalValueArr': '{ unifiedLicenses { nodes { renewalValueArr { amount } } } }',
  'UnifiedLicense.unitPrice': '{ unifiedLicense(id: "portal:1") { unitPrice { amount } } }',
  'PositionTotals.trueUpCost': '{ effectiveLicensePosition { totals { trueUpCost { amounts { amount } } } } }',
  'PositionLine.trueUpCost': '{ effectiveLicensePosition { lines { nodes { trueUpCost { amount } } } } }',
  'RenewalFigures.arr': '{ renewalForecast { atRisk { arr { amounts { amount } } } } }',
  'Reclamation.saving': '{ reclamation { saving { amounts { amount } } } }',
  'ReclamationReasonFigure.saving': '{ reclamation { reasons { saving { amounts { amount } } } } }',
  'ReclamationMonth.saving': '{ reclamation { byExpiration { saving { amounts { amount } } } } }',
  'ReclamationRow.saving': '{ reclamation { rows { nodes { saving { amount } } } } }',
  'SourceCost.annualSpend': '{ costPerActiveUser { bySource { annualSpend { amount } } } }',
  'SourceCost.converted': '{ costPerActiveUser { bySource { converted(to: "EUR") { money { amount } } } } }',
  'SourceCost.costPerActiveUser': '{ costPerActiveUser { bySource { costPerActiveUser { amount } } } }',
  'OwnerCost.annualSpend': '{ costPerActiveUser { owners { nodes { annualSpend { amount } } } } }',
  'OwnerCost.costPerActiveUser': '{ costPerActiveUser { owners { nodes { costPerActiveUser { amount } } } } }',
  'AnalyzeFigures.annualValue': '{ analyze(measures: [SEATS]) { totals { annualValue { amounts { amount } } } } }',
  'AnalyzeFigures.averageCost': '{ analyze(measures: [SEATS]) { nodes { figures { averageCost { amount } } } } }',
  'TrendPoint.arr': '{ consumptionTrend { points { arr { opening { amount } } } } }',
  'TrendTotals.arr': '{ consumptionTrend { totals { arr { opening { amount } } } } }',
  'ImportCheck.money': '{ imports { nodes { check { money { before { amount } } } } } }',
  'BulkPreview.money': '{ bulkPreview(input: { ids: ["1"], action: DELETE }) { money { before { amount } } } }',
};
const moneyTypes = ['Money', 'BulkMoney', 'ConvertedMoney', 'ConvertedTotal', 'MoneySum', 'RevenueFigure', 'TrendMoneyFlow'];
/** The whole list takes a permission of its own, READ_PRICES. */
const guardedAsAWhole = ['Price'];

/** Money is no part of the schema of who may not see it. */
const UNKNOWN = 'GRAPHQL_VALIDATION_FAILED';

const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions['code'];

it('guards every field that shows money', () => {
  const objects = Object.values(schema.getTypeMap()).filter(isObjectType).filter(({ name }) => ![...moneyTypes, ...guardedAsAWhole].includes(name));
  const showing = objects.flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => moneyTypes.includes(getNamedType(field.type).name) || `${type.name}.${field.name}` === 'License.totalCostDisagrees')
      .map((field) => ({ path: `${type.name}.${field.name}`, directive: getDirective(schema, field, 'requires')?.[0] })),
  );
  expect(showing.map(({ path }) => path).sort()).toEqual(Object.keys(moneyFields).sort());
  for (const { path, directive } of showing) expect([path, directive]).toEqual([path, { permission: 'READ_MONEY' }]);
});

onEachDatabase('a viewer who may not see money', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      environment: { VIEWER_SEES_MONEY: '0' },
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }],
        // Switched off: its licences can be reclaimed.
        company: [{ id: 1, company_name: 'C1', active: 0, partner_id: 1 }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }],
        license: [
          round({ id: 1, company_id: 1, start_date: '2020-01-01', end_date: null, cost_per_license: 90 }),
          round({ id: 2, company_id: 1, start_date: '2020-01-01', end_date: null, number_of_licenses: 3, cost_per_license: 500, total_cost: 1 }),
        ],
        user: [user(1, { company_id: 1 })],
      },
    });
  });
  afterAll(() => app.stop());

  it('does not hold READ_MONEY', async () => {
    const { data } = await app.ask('viewer', '{ viewer { permissions } }');
    expect(data.viewer.permissions).not.toContain('READ_MONEY');
  });

  it.each(Object.entries(moneyFields))('reads no %s', async (_, query) => {
    const refused = await app.ask('viewer', query);
    expect([codeOf(refused), refused.data]).toEqual([query.startsWith('{ imports') || query.startsWith('{ bulkPreview') ? 'FORBIDDEN' : UNKNOWN, undefined]);
    expect((await app.ask('admin', query)).errors).toBeUndefined();
  });

  it('is told of a money field what is told of one that is not there', async () => {
    const { data, errors } = await app.ask('viewer', '{ license(id: "1") { seats unitCost { amount } nothing { amount } } }');
    expect([data, errors?.map(({ message }) => message)]).toEqual([undefined, ['Cannot query field "unitCost" on type "License".', 'Cannot query field "nothing" on type "License".']]);
  });

  const filters = ['unitCost: { gt: "1" }', 'annualValue: { lt: "1" }', 'unitCost: {}'].flatMap((filter) => [
    `{ ${filter} }`, `{ and: [{ seats: { gt: 0 } }, { ${filter} }] }`, `{ or: [{ id: { eq: 1 } }, { not: { ${filter} } }] }`,
  ]);
  const places: [string, (filter: string) => string][] = [
    ['licenses', (filter) => `{ licenses(filter: ${filter}) { totalCount } }`],
    ['Company.licenses', (filter) => `{ company(id: 1) { licenses(filter: ${filter}) { totalCount } } }`],
    ['Partner.licenses', (filter) => `{ partner(id: 1) { licenses(filter: ${filter}) { totalCount } } }`],
    ['Product.licenses', (filter) => `{ product(id: 1) { licenses(filter: ${filter}) { totalCount } } }`],
    ['dashboard', (filter) => `{ dashboard(filter: { rounds: ${filter} }) { activeLicenses } }`],
    ['utilization', (filter) => `{ utilization(filter: { rounds: ${filter} }) { totalCount } }`],
    ['activeUserStats', (filter) => `{ activeUserStats(filter: { rounds: ${filter} }) { total { activeUsers } } }`],
  ];
  describe.each(places)('filters no %s by money', (_, query) => {
    it.each(filters)('%s', async (filter) => {
      expect(codeOf(await app.ask('viewer', query(filter)))).toBe(UNKNOWN);
      expect((await app.ask('analyst', query(filter))).errors).toBeUndefined();
    });
  });

  const lists = ['licenses', 'company(id: 1) { licenses', 'partner(id: 1) { licenses', 'product(id: 1) { licenses'];
  it.each(lists.flatMap((list) => ['UNIT_COST', 'ANNUAL_VALUE'].map((field) => [list, field])))('orders no %s by %s', async (list, field) => {
    const query = `{ ${list}(orderBy: { field: ${field} }) { nodes { id } } ${list.includes('{') ? '}' : ''} }`;
    expect(codeOf(await app.ask('viewer', query))).toBe(UNKNOWN);
    expect((await app.ask('admin', query)).errors).toBeUndefined();
  });

  it('is not warned of stored totals that disagree, which would tell that they do', async () => {
    const query = '{ dashboard { meta { warnings { code count } } } }';
    expect((await app.ask('viewer', query)).data.dashboard.meta.warnings).toEqual([]);
    expect((await app.ask('analyst', query)).data.dashboard.meta.warnings).toEqual([{ code: 'TOTAL_COST_DISAGREES', count: 1 }]);
  });
});
