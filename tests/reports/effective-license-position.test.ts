import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { positionRows } from '../support/position-rows.js';
const AS_OF = 'asOf: "2026-06-15"';
const LINE = 'key name purchased inGrace deployed surplus position trueUpCost { amount currency }';
const TOTALS = `purchased inGrace deployed deployedUsers deployedActivations deployedTrials unattributed surplus deficit compliance { numerator denominator value }
  compliancePercent trueUpCost { amounts { amount currency } } byPosition { position lines }`;

const row = ({ trueUpCost, ...line }: any) => [...Object.values(line), trueUpCost === null ? null : `${trueUpCost.amount} ${trueUpCost.currency}`];

onEachDatabase('effective licence position', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: positionRows });
    await app.database.transaction(async ({ manager }) => {
      await manager.query(`insert into sw_price_list (product_slug, variation, amount_minor, currency, interval_months, valid_from, valid_to)
        values ('chat', 'pro', 900, 'EUR', 1, '2026-06-01', null), ('Chat', null, 300, 'EUR', 1, '2026-01-01', null), ('chat', null, 200, 'EUR', 1, '2025-01-01', '2025-12-31')`);
      await manager.query(`insert into sw_exchange_rates (rate_date, currency, units_per_euro, source) values ('2026-06-12', 'USD', '1.25', 'ECB'), ('2026-06-12', 'JPY', '160', 'ECB')`);
    });
  });
  afterAll(() => app.stop());

  async function position(args: string, selection: string, account = 'admin') {
    const { data, errors } = await app.ask(account, `{ effectiveLicensePosition(${args}) { ${selection} } }`);
    expect(errors).toBeUndefined();
    return data.effectiveLicensePosition;
  }
  const lines = async (args: string, lineArgs = 'orderBy: { field: NAME, direction: ASC }', account = 'admin') =>
    (await position(`${AS_OF}, ${args}`, `lines(${lineArgs}) { nodes { ${LINE} } }`, account)).lines.nodes.map(row);

  it('by owner: one line for each, no surplus offsets another deficit', async () => {
    expect(await lines('by: OWNER')).toEqual([
      // A trial whose site cannot be read belongs to nobody.
      ['s:', '', 0, 0, 1, -1, 'UNLICENSED', null],
      ['c:1', 'Alpha', 20, 0, 19, 1, 'SURPLUS', null],
      ['c:2', 'Beta', 3, 0, 5, -2, 'DEFICIT', '100.00 USD'],
      ['s:big.example', 'big.example', 0, 0, 40, null, 'UNLIMITED', null],
      // All rounds have expired: nothing purchased, not unlimited.
      ['c:4', 'Delta', 0, 0, 1, -1, 'UNLICENSED', '10.00 EUR'],
      ['s:fresh.example', 'fresh.example', 0, 0, 1, -1, 'UNLICENSED', null],
      ['c:3', 'Gamma', 0, 4, 2, -2, 'UNLICENSED', '20.00 EUR'],
      ['s:old.example', 'old.example', 0, 0, 2, -2, 'UNLICENSED', '2000 JPY'],
      ['p:1', 'Quill', 6, 0, 6, 0, 'COMPLIANT', null],
      ['s:unused.example', 'unused.example', 3, 0, 0, 3, 'UNUSED', null],
      ['p:2', 'Zen', 0, 0, 1, -1, 'UNLICENSED', null],
      ['s:zero.example', 'zero.example', 0, 0, 4, -4, 'UNLICENSED', '480.00 EUR'],
      ['c:6', 'Zeta', 2, 0, 2, 0, 'COMPLIANT', null],
    ]);
  });

  it('totals give surplus and deficit apart, money by currency', async () => {
    const { totals } = await position(AS_OF, `totals { ${TOTALS} }`);
    expect(totals).toEqual({
      purchased: 34, inGrace: 4, deployed: 84, deployedUsers: 29, deployedActivations: 52, deployedTrials: 3, unattributed: 0, surplus: 4, deficit: 14,
      compliance: { numerator: 84, denominator: 34, value: 2.4706 }, compliancePercent: 247.1,
      trueUpCost: { amounts: [{ amount: '510.00', currency: 'EUR' }, { amount: '2000', currency: 'JPY' }, { amount: '100.00', currency: 'USD' }] },
      byPosition: [
        { position: 'COMPLIANT', lines: 2 }, { position: 'SURPLUS', lines: 1 }, { position: 'DEFICIT', lines: 1 }, { position: 'UNLICENSED', lines: 7 },
        { position: 'UNUSED', lines: 1 }, { position: 'UNLIMITED', lines: 1 },
      ],
    });
  });

  it('by partner: a reseller with its companies, everyone else together', async () => {
    expect(await lines('by: PARTNER')).toEqual([
      ['p:', null, 5, 4, 52, null, 'UNLIMITED', null],
      ['p:1', 'Quill', 29, 0, 30, -1, 'DEFICIT', '120.00 EUR'],
      ['p:2', 'Zen', 0, 0, 2, -2, 'UNLICENSED', '20.00 EUR'],
    ]);
  });

  it('by product: users go with the one product of their owner, the others are told apart', async () => {
    expect(await lines('by: PRODUCT')).toEqual([
      // The price list: 12 × 3.00 EUR.
      ['d:chat', 'chat', 0, 0, 1, -1, 'UNLICENSED', '36.00 EUR'],
      ['d:ent', 'ent', 6, 0, 6, 0, 'COMPLIANT', null],
      ['d:forms-pro', 'forms-pro', 8, 0, 14, -6, 'DEFICIT', '720.00 EUR'],
      ['d:rel', 'rel', 4, 0, 5, -1, 'DEFICIT', '10.00 EUR'],
      ['d:sub', 'sub', 16, 4, 15, 1, 'SURPLUS', null],
      ['d:suite', 'suite', 0, 0, 40, null, 'UNLIMITED', null],
    ]);
    const { totals, meta } = await position(`${AS_OF}, by: PRODUCT`, 'totals { deployed deployedUsers unattributed } meta { warnings { code count } }');
    expect(totals).toEqual({ deployed: 84, deployedUsers: 29, unattributed: 3 });
    expect(meta.warnings).toContainEqual({ code: 'UNATTRIBUTED_USERS', count: 3 });
  });

  it('by source', async () => {
    expect(await lines('by: SOURCE')).toEqual([
      ['EXTERNAL', 'EXTERNAL', 8, 0, 52, null, 'UNLIMITED', null],
      ['PORTAL', 'PORTAL', 26, 4, 29, -3, 'DEFICIT', '360.00 EUR'],
      ['TRIAL', 'TRIAL', 0, 0, 3, -3, 'UNLICENSED', null],
    ]);
  });

  it.each(['OWNER', 'PARTNER', 'PRODUCT', 'SOURCE'])('by %s: lines add up to totals, the same whatever they stand for', async (by) => {
    const { totals, lines: page } = await position(`${AS_OF}, by: ${by}`, `totals { ${TOTALS} } lines(first: 500) { totalCount nodes { ${LINE} compliance { numerator denominator value } } }`);
    const sum = (field: string) => page.nodes.reduce((total: number, line: any) => total + line[field], 0);
    expect([totals.purchased, totals.inGrace, totals.deployed]).toEqual([34, 4, 84]);
    expect([sum('purchased'), sum('inGrace'), sum('deployed') + totals.unattributed]).toEqual([34, 4, 84]);
    expect(totals.surplus).toBe(page.nodes.reduce((total: number, { surplus }: any) => total + Math.max(surplus ?? 0, 0), 0));
    expect(totals.deficit).toBe(page.nodes.reduce((total: number, { surplus }: any) => total + Math.max(-(surplus ?? 0), 0), 0));
    expect(totals.byPosition.reduce((total: number, { lines: count }: any) => total + count, 0)).toBe(page.nodes.length);
    expect(page.totalCount).toBe(page.nodes.length);
    for (const { compliance, purchased, deployed } of page.nodes) {
      expect(compliance).toEqual({ numerator: deployed, denominator: purchased, value: purchased === 0 ? null : expect.any(Number) });
    }
    const money: Record<string, number> = {};
    for (const { trueUpCost } of page.nodes) if (trueUpCost !== null) money[trueUpCost.currency] = (money[trueUpCost.currency] ?? 0) + Number(trueUpCost.amount);
    expect(Object.fromEntries(totals.trueUpCost.amounts.map(({ currency, amount }: any) => [currency, Number(amount)]))).toEqual(money);
  });

  it('warns of what it could not know', async () => {
    const { meta } = await position(AS_OF, 'meta { asOf windowDays sources { name } warnings { code count } }');
    expect(meta).toMatchObject({ asOf: '2026-06-15', windowDays: null });
    expect(meta.sources.slice(0, 3)).toEqual([{ name: 'license_records' }, { name: 'free_trials' }, { name: 'users_portal' }]);
    expect(meta.warnings.filter(({ code }: any) => code !== 'SOURCE_STALE')).toEqual([
      { code: 'INVALID_ROUNDS', count: 1 }, { code: 'UNKNOWN_QUANTITY', count: 1 }, { code: 'MISSING_UNIT_PRICE', count: 3 },
    ]);
  });

  it('converts the true-up cost with the rates it used, and names a missing one', async () => {
    const { totals } = await position(AS_OF, 'totals { trueUpCost { converted(to: "EUR") { money { amount } rates { currency rateDate } } } }');
    // 510 + 2000 / 160 + 100 / 1.25.
    expect(totals.trueUpCost.converted).toEqual({
      money: { amount: '602.50' },
      rates: [{ currency: 'EUR', rateDate: '2026-06-15' }, { currency: 'JPY', rateDate: '2026-06-12' }, { currency: 'USD', rateDate: '2026-06-12' }],
    });
    const { errors } = await app.ask('admin', '{ effectiveLicensePosition(asOf: "2026-06-20") { totals { trueUpCost { converted(to: "EUR") { money { amount } } } } } }');
    expect(errors?.[0]?.message).toContain('JPY');
  });

  it('leaves trials out when asked', async () => {
    const { totals, lines: page } = await position(`${AS_OF}, includeTrials: false`, 'totals { deployed deployedTrials } lines { nodes { key } }');
    expect(totals).toEqual({ deployed: 81, deployedTrials: 0 });
    expect(page.nodes.map(({ key }: any) => key)).not.toContain('s:fresh.example');
  });

  describe('on other days', () => {
    const of = async (key: string, asOf: string) => {
      const { lines: page } = await position(`asOf: "${asOf}"`, `lines(first: 500) { nodes { ${LINE} } }`);
      return page.nodes.map(row).find(([found]: any) => found === key)?.slice(2, 7) ?? null;
    };
    it('a round is in force on its first and its last day', async () => {
      expect(await of('c:2', '2025-12-31')).toEqual([0, 0, 5, -5, 'UNLICENSED']);
      expect(await of('c:2', '2026-01-01')).toEqual([3, 0, 5, -2, 'DEFICIT']);
      expect(await of('c:2', '2026-06-15')).toEqual([3, 0, 5, -2, 'DEFICIT']);
      expect(await of('c:2', '2026-06-16')).toEqual([50, 3, 5, 45, 'SURPLUS']);
    });
    it('grace ends after seven days', async () => {
      expect((await of('c:3', '2026-06-17'))?.slice(0, 2)).toEqual([0, 4]);
      expect((await of('c:3', '2026-06-18'))?.slice(0, 2)).toEqual([0, 0]);
      expect(await of('s:fresh.example', '2026-06-17')).toEqual([0, 0, 1, -1, 'UNLICENSED']);
      expect(await of('s:fresh.example', '2026-06-18')).toBeNull();
    });
    it('a licence bought later is neither purchased nor deployed yet', async () => {
      expect(await of('s:later.example', '2026-06-30')).toBeNull();
      expect(await of('s:later.example', '2026-07-01')).toEqual([5, 0, 5, 0, 'COMPLIANT']);
    });
    it('once every unlimited licence has expired, nothing is unlimited', async () => {
      expect(await of('s:big.example', '2026-12-31')).toEqual([0, 0, 40, null, 'UNLIMITED']);
      expect(await of('s:big.example', '2027-01-01')).toEqual([0, 0, 40, -40, 'UNLICENSED']);
    });
  });

  it('takes a limit of 0 for unlimited where it is configured so', async () => {
    const other = await startTestApp(kind, { rows: positionRows, environment: { EXTERNAL_LIMIT_ZERO: 'unlimited' } });
    try {
      const { data } = await other.ask('admin', `{ effectiveLicensePosition(${AS_OF}) { lines(search: "zero") { nodes { key position surplus } } meta { warnings { code } } } }`);
      expect(data.effectiveLicensePosition.lines.nodes).toEqual([{ key: 's:zero.example', position: 'UNLIMITED', surplus: null }]);
      expect(data.effectiveLicensePosition.meta.warnings.map(({ code }: any) => code)).not.toContain('UNKNOWN_QUANTITY');
    } finally {
      await other.stop();
    }
  });

  describe('filters', () => {
    it.each([
      ['partnerIds: [1]', { purchased: 29, deployed: 30, deployedUsers: 23 }, ['c:1', 'c:2', 'p:1']],
      ['partnerIds: [2]', { purchased: 0, deployed: 2, deployedUsers: 2 }, ['c:4', 'p:2']],
      ['companyIds: [3, 5]', { purchased: 0, deployed: 2, deployedUsers: 2 }, ['c:3']],
      ['companyIds: []', { purchased: 0, deployed: 0, deployedUsers: 0 }, []],
      ['sources: [TRIAL]', { purchased: 0, deployed: 3, deployedUsers: 0 }, ['s:', 's:fresh.example', 's:zero.example']],
      ['sources: []', { purchased: 0, deployed: 0, deployedUsers: 0 }, []],
      // Users of owners that hold REL, c:2 and c:6; those of others hold no passing round.
      ['products: ["rel"]', { purchased: 4, deployed: 7, deployedUsers: 7 }, ['c:2', 'c:6']],
      ['products: ["SUB"], companyIds: [4]', { purchased: 0, deployed: 1, deployedUsers: 1 }, ['c:4']],
      ['currencies: ["JPY"]', { purchased: 6, deployed: 8, deployedUsers: 6 }, ['p:1', 's:old.example']],
      ['products: []', { purchased: 0, deployed: 0, deployedUsers: 0 }, []],
    ])('%s', async (filter, totals, keys) => {
      const answer = await position(`${AS_OF}, filter: { ${filter} }`, 'totals { purchased deployed deployedUsers } lines { nodes { key } totalCount }');
      expect(answer.totals).toEqual(totals);
      expect(answer.lines.nodes.map(({ key }: any) => key).sort()).toEqual(keys);
      for (const by of ['PARTNER', 'PRODUCT', 'SOURCE']) expect((await position(`${AS_OF}, by: ${by}, filter: { ${filter} }`, 'totals { purchased deployed deployedUsers }')).totals).toEqual(totals);
    });
  });

  it('pages, orders, searches and filters the lines in the database', async () => {
    const keys = (nodes: any[]) => nodes.map(({ key }) => key);
    for (const [field, line] of [
      ['GAP', ['s:zero.example', 's:unused.example', 's:old.example', 'c:3', 'c:2', 's:fresh.example', 's:', 'p:2', 'c:4', 'c:1', 's:big.example', 'p:1', 'c:6']],
      ['SURPLUS', ['s:unused.example', 'c:1', 's:big.example', 'p:1', 'c:6', 's:fresh.example', 's:', 'p:2', 'c:4', 's:old.example', 'c:3', 'c:2', 's:zero.example']],
      ['DEPLOYED', ['s:big.example', 'c:1', 'p:1', 'c:2', 's:zero.example', 's:old.example', 'c:6', 'c:3', 's:fresh.example', 's:', 'p:2', 'c:4', 's:unused.example']],
    ] as const) {
      for (const first of [2, 5]) {
        let after: string | null = null;
        const read: string[] = [];
        do {
          const { data, errors }: any = await app.ask('admin', `query($after: String) { effectiveLicensePosition(${AS_OF}) {
            lines(first: ${first}, after: $after, orderBy: { field: ${field} }) { nodes { key } pageInfo { hasNextPage endCursor } } } }`, { after });
          expect(errors).toBeUndefined();
          const page: any = data.effectiveLicensePosition.lines;
          read.push(...keys(page.nodes));
          after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        } while (after !== null);
        expect(read).toEqual(line);
      }
    }
    const some = async (args: string) => (await position(AS_OF, `lines(${args}, orderBy: { field: NAME, direction: ASC }) { nodes { key } totalCount }`)).lines;
    expect(await some('positions: [SURPLUS, UNUSED]')).toEqual({ nodes: [{ key: 'c:1' }, { key: 's:unused.example' }], totalCount: 2 });
    expect(await some('positions: []')).toEqual({ nodes: [], totalCount: 0 });
    expect(await some('search: "EXAMPLE", positions: [UNLIMITED]')).toEqual({ nodes: [{ key: 's:big.example' }], totalCount: 1 });
  });

  it('shows each viewer its own, and companies no partner', async () => {
    expect((await lines('by: OWNER', undefined, 'partner1')).map(([key]: any) => key)).toEqual(['c:1', 'c:2', 'p:1']);
    expect(await lines('by: PARTNER', undefined, 'company1')).toEqual([['p:', null, 20, 0, 19, 1, 'SURPLUS', null]]);
    expect(await lines('by: OWNER', undefined, 'company4')).toEqual([['c:4', 'Delta', 0, 0, 1, -1, 'UNLICENSED', '10.00 EUR']]);
    const { lines: page } = await position(`${AS_OF}, by: PARTNER`, 'lines(search: "q") { nodes { owner { kind id name } } }');
    expect(page.nodes).toEqual([{ owner: { kind: 'PARTNER', id: '1', name: 'Quill' } }]);
  });

  it('shows no money to those who may see none', async () => {
    const poor = await startTestApp(kind, { rows: positionRows, environment: { VIEWER_SEES_MONEY: '0' } });
    try {
      const ask = (selection: string) => poor.ask('viewer', `{ effectiveLicensePosition(${AS_OF}) { ${selection} } }`);
      expect((await ask('lines { nodes { trueUpCost { amount } } }')).errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
      expect((await ask('totals { trueUpCost { amounts { amount } } }')).errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
      const { data } = await ask('totals { deficit } meta { warnings { code } }');
      expect(data.effectiveLicensePosition.totals).toEqual({ deficit: 14 });
    } finally {
      await poor.stop();
    }
  });

  it('takes a statement for the totals of owners, one for those of sites, and one for a page', async () => {
    const statements = await app.statementsOf(() => position(AS_OF, `totals { ${TOTALS} } lines { totalCount nodes { ${LINE} owner { name } } }`));
    expect(statements.filter((text) => text.includes('scoped'))).toHaveLength(3);
  });
});
