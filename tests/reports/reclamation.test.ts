import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { pageThrough } from '../support/paging.js';
import { reclamationRows } from '../support/reclamation-rows.js';

const DAY = 'asOf: "2026-06-15"';
const figures = `candidates reclaimableSeats premiumInForce saving { amounts { amount currency } }
  classes { class licenses quantity } reasons { reason licenses seats saving { amounts { amount currency } } }
  byExpiration { month licenses seats saving { amounts { amount currency } } }`;
const rowFields = 'license { id } reason lastActivityAt daysSinceActivity activeUsers reclaimableSeats saving { amount currency }';

/** A row in short. */
const short = ({ license, reason, daysSinceActivity, activeUsers, reclaimableSeats, saving }: any) =>
  [license.id, reason, daysSinceActivity, activeUsers, reclaimableSeats, saving === null ? null : `${saving.amount} ${saving.currency}`];
const amounts = (sum: any) => sum.amounts.map(({ amount, currency }: any) => `${amount} ${currency}`);
const classesOf = (report: any) => Object.fromEntries(report.classes.map((figure: any) => [figure.class, [figure.licenses, figure.quantity]]));
const reasonsOf = (report: any) => report.reasons.map((figure: any) => [figure.reason, figure.licenses, figure.seats, ...(figure.saving ? [amounts(figure.saving)] : [])]);

onEachDatabase('reclamation', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: reclamationRows });
  });
  afterAll(() => app.stop());

  async function ask(args: string, fields = figures, account = 'admin') {
    const { data, errors } = await app.ask(account, `{ reclamation(${args}) { ${fields} } }`);
    expect(errors).toBeUndefined();
    return data.reclamation;
  }

  it('puts each premium licence in force into one class', async () => {
    const report = await ask(DAY);
    expect(classesOf(report)).toEqual({
      ACTIVE: [6, 6], DORMANT: [2, 2], INACTIVE: [4, 10], NEVER_USED: [8, 7], TOO_NEW: [3, 3], NO_TELEMETRY: [4, 4],
    });
    expect(report.premiumInForce).toBe(27);
    expect(report.classes.map((figure: any) => figure.class)).toEqual(['ACTIVE', 'DORMANT', 'INACTIVE', 'NEVER_USED', 'TOO_NEW', 'NO_TELEMETRY']);
  });

  it('gives the reason of each candidate, and what giving it up saves', async () => {
    const report = await ask(DAY);
    expect(reasonsOf(report)).toEqual([
      ['OWNER_INACTIVE', 2, 2, ['120.00 EUR', '100.00 USD']],
      // 5 rounds, 4 of them in EUR; the perpetual licence saves nothing, the one without a price is not known.
      ['NEVER_USED', 8, 7, ['520.00 EUR', '1500 JPY']],
      ['STALE', 4, 10, ['420.00 EUR', '12000 JPY']],
      ['UNDERUSED', 0, 0, []],
    ]);
    expect([report.candidates, report.reclaimableSeats]).toEqual([14, 19]);
    expect(amounts(report.saving)).toEqual(['1060.00 EUR', '13500 JPY', '100.00 USD']);
  });

  it('says when the seats can be given up', async () => {
    const { byExpiration } = await ask(DAY);
    expect(byExpiration.map(({ month, licenses, seats, saving }: any) => [month, licenses, seats, amounts(saving)])).toEqual([
      ['2026-06-01', 1, 1, ['100.00 EUR']],
      ['2026-09-01', 1, 5, ['120.00 EUR']],
      ['2026-12-01', 10, 11, ['740.00 EUR', '13500 JPY', '100.00 USD']],
      [null, 2, 2, ['100.00 EUR']],
    ]);
  });

  it('lists the candidates, never used first, then the longest without activity', async () => {
    const { rows } = await ask(DAY, `rows { totalCount nodes { ${rowFields} } }`);
    expect(rows.totalCount).toBe(14);
    expect(rows.nodes.map(short)).toEqual([
      ['portal:5', 'NEVER_USED', null, 0, 1, '100.00 EUR'],
      ['portal:6', 'NEVER_USED', null, 0, 1, '100.00 EUR'],
      ['portal:9', 'NEVER_USED', null, 0, 1, '100.00 EUR'],
      ['portal:12', 'NEVER_USED', null, 0, 1, '100.00 EUR'],
      ['portal:14', 'NEVER_USED', null, 0, 1, '1500 JPY'],
      ['external:3', 'NEVER_USED', null, null, 0, null],
      ['external:10', 'NEVER_USED', null, null, 1, '0.00 EUR'],
      ['external:12', 'NEVER_USED', null, null, 1, '120.00 EUR'],
      ['portal:7', 'STALE', 165, 0, 1, '100.00 EUR'],
      ['external:9', 'STALE', 134, null, 2, '12000 JPY'],
      ['portal:4', 'STALE', 90, 0, 2, '200.00 EUR'],
      ['external:2', 'STALE', 90, null, 5, '120.00 EUR'],
      ['portal:10', 'OWNER_INACTIVE', 1, 1, 1, '100.00 USD'],
      ['external:8', 'OWNER_INACTIVE', 1, null, 1, '120.00 EUR'],
    ]);
    expect(rows.nodes.map(({ lastActivityAt }: any) => lastActivityAt).slice(7, 12)).toEqual([
      null, '2026-01-01T00:00:00.000Z', '2026-02-01T12:00:00.000Z', '2026-03-17T23:59:59.000Z', '2026-03-17T23:59:59.000Z',
    ]);
  });

  it('finds candidates by reason and by the name of owner, site or product', async () => {
    const found = async (args: string) => {
      const { rows } = await ask(DAY, `rows(${args}) { totalCount nodes { license { id } } }`);
      expect(rows.totalCount).toBe(rows.nodes.length);
      return rows.nodes.map(({ license }: any) => license.id);
    };
    expect(await found('reasons: [OWNER_INACTIVE]')).toEqual(['portal:10', 'external:8']);
    expect(await found('reasons: [OWNER_INACTIVE, STALE]')).toHaveLength(6);
    expect(await found('reasons: []')).toEqual([]);
    expect(await found('search: "c10"')).toEqual(['portal:10', 'external:8']);
    expect(await found('search: "p1", reasons: [NEVER_USED]')).toEqual(['portal:14']);
    expect(await found('search: "SHOP.example"')).toEqual(['external:2']);
    expect(await found('search: "forms", reasons: [STALE]')).toEqual(['external:9', 'external:2']);
    expect(await found('search: "100%"')).toEqual([]);
  });

  it.each([1, 3, 5])('pages through the candidates, %i at a time', async (first) => {
    const rows = await ask(DAY, 'rows(first: 500) { nodes { license { id } } }');
    const nested = {
      ...app,
      ask: async (account: string | null, query: string, variables?: Record<string, unknown>) => {
        const answer = await app.ask(account, query.replace(/\{ rows\(/, `{ reclamation(${DAY}) { rows(`).concat(' }'), variables);
        return { ...answer, data: answer.data.reclamation };
      },
    };
    expect(await pageThrough(nested, { field: 'rows', row: 'license { id }' }, first)).toEqual(rows.rows.nodes);
  });

  it('warns of what does not count', async () => {
    const { meta } = await ask(DAY, 'meta { asOf timezone windowDays windowStart sources { name } warnings { code count } }');
    expect(meta).toMatchObject({ asOf: '2026-06-15', timezone: 'UTC', windowDays: 90, windowStart: '2026-03-18' });
    expect(meta.warnings.filter(({ code }: any) => code !== 'SOURCE_STALE')).toEqual([
      { code: 'NO_TELEMETRY', count: 4 }, { code: 'ACTIVITY_BEFORE_START', count: 2 }, { code: 'ACTIVITY_AFTER_AS_OF', count: 1 },
      { code: 'UNKNOWN_QUANTITY', count: 1 }, { code: 'MISSING_PRICE', count: 1 },
    ]);
    expect(meta.sources.map(({ name }: any) => name)).toEqual(expect.arrayContaining(['license_records', 'users_portal']));
  });

  it('takes the threshold as an argument, and keeps the limits of the classes', async () => {
    const strict = await ask(`${DAY}, thresholdDays: 30`);
    // Rounds 2 and 3 are stale now. Product forms-pro has check-ins within 30 days, REL and quiet have none; 8 and 11 are old enough.
    expect(classesOf(strict)).toEqual({ ACTIVE: [6, 6], DORMANT: [2, 2], INACTIVE: [4, 10], NEVER_USED: [11, 10], TOO_NEW: [0, 0], NO_TELEMETRY: [4, 4] });
    expect(reasonsOf(strict).map(([reason, licenses]: any) => [reason, licenses])).toEqual([['OWNER_INACTIVE', 3], ['NEVER_USED', 10], ['STALE', 6], ['UNDERUSED', 0]]);
    // C4 has one active user and three seats now, of which round 4 gives two; round 9 is too new.
    const lenient = await ask(`${DAY}, thresholdDays: 91`);
    expect(reasonsOf(lenient).map(([reason, licenses, seats]: any) => [reason, licenses, seats])).toEqual([
      ['OWNER_INACTIVE', 2, 2], ['NEVER_USED', 7, 6], ['STALE', 2, 3], ['UNDERUSED', 1, 2],
    ]);
    for (const days of [0, 3661]) {
      const { errors } = await app.ask('admin', `{ reclamation(thresholdDays: ${days}) { candidates } }`);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'thresholdDays' });
    }
  });

  it('filters by owner, source, product and currency without changing what is known of a licence', async () => {
    const ids = async (filter: string) => {
      const { rows, premiumInForce } = await ask(`${DAY}, filter: ${filter}`, 'premiumInForce rows { nodes { license { id } } }');
      return [premiumInForce, rows.nodes.map(({ license }: any) => license.id)];
    };
    expect(await ids('{ sources: [PORTAL] }')).toEqual([16, ['portal:5', 'portal:6', 'portal:9', 'portal:12', 'portal:14', 'portal:7', 'portal:4', 'portal:10']]);
    expect(await ids('{ sources: [EXTERNAL] }')).toEqual([11, ['external:3', 'external:10', 'external:12', 'external:9', 'external:2', 'external:8']]);
    expect(await ids('{ sources: [TRIAL] }')).toEqual([0, []]);
    expect(await ids('{ partnerIds: [1] }')).toEqual([2, ['portal:14']]);
    // Round 16 stays held back: whether its product is silent does not depend on the filter, nor that SUB is not.
    expect(await ids('{ companyIds: [4] }')).toEqual([2, ['portal:4']]);
    expect(await ids('{ companyIds: [] }')).toEqual([0, []]);
    expect(await ids('{ products: ["FORMS-pro"] }')).toEqual([9, ['external:3', 'external:10', 'external:12', 'external:9', 'external:2', 'external:8']]);
    expect(await ids('{ currencies: ["JPY"] }')).toEqual([2, ['portal:14', 'external:9']]);
    expect(await ids('{ currencies: ["USD"], companyIds: [10] }')).toEqual([1, ['portal:10']]);
  });

  it('converts the saving, or names the rate that is missing', async () => {
    const { data, errors } = await app.ask('admin', `{ reclamation(${DAY}, filter: { currencies: ["USD"] }) { saving { converted(to: "EUR") { money { amount } } } } }`);
    expect([data.reclamation.saving.converted, errors?.[0]?.message]).toEqual([null, expect.stringContaining('USD')]);
    expect((await ask(`${DAY}, filter: { currencies: ["USD"] }`, 'saving { converted(to: "USD") { money { amount } } }')).saving.converted.money.amount).toBe('100.00');
  });

  it('is computed over the rows that a tenant may see', async () => {
    const fields = 'premiumInForce candidates classes { class licenses quantity } rows { totalCount nodes { license { id } reason } }';
    const partner = await ask(DAY, fields, 'partner1');
    expect([partner.premiumInForce, partner.rows.nodes]).toEqual([2, [{ license: { id: 'portal:14' }, reason: 'NEVER_USED' }]]);
    // Nobody of company 5 was ever active, nor anyone else that it may see: its licence is held back.
    const company = await ask(DAY, fields, 'company5');
    expect([company.premiumInForce, company.candidates, classesOf(company).NO_TELEMETRY]).toEqual([1, 0, [1, 1]]);
  });

  it('reads the log once for the figures, once for a page and its number of rows, and not at all for what is not asked', async () => {
    const log = async (fields: string) =>
      (await app.statementsOf(() => ask(DAY, fields))).filter((text) => text.includes('app_log')).map((text) => (text.match(/app_log/g) ?? []).length).sort();
    const read = [1, 1, 2];
    // One statement asks of each product whether anybody was active, two of half of the users each when; nothing reads it again.
    expect(await log(figures)).toEqual(read);
    expect(await log('rows { nodes { reason } }')).toEqual(read);
    expect(await log('rows { totalCount nodes { reason } }')).toEqual(read);
    expect(await log('meta { asOf }')).toEqual(read);
    const statements = await app.statementsOf(() => ask(DAY, `${figures} meta { warnings { code } } rows { totalCount nodes { ${rowFields} license { productSlug } } }`));
    expect(statements.filter((text) => /license_records|sw_external_licenses/.test(text))).toHaveLength(7);
    expect(await app.statementsOf(() => ask(`${DAY}, filter: { sources: [TRIAL] }`, 'candidates'))).toHaveLength(0);
  });
});

describe('reclamation without money', () => {
  onEachDatabase('a viewer who may not see money', (kind) => {
    it('sees the seats, and no amount', async () => {
      const app = await startTestApp(kind, { rows: reclamationRows, environment: { VIEWER_SEES_MONEY: '0' } });
      try {
        const { data, errors } = await app.ask('viewer', `{ reclamation(${DAY}) { reclaimableSeats meta { warnings { code } } rows(first: 1) { nodes { reclaimableSeats } } } }`);
        expect(errors).toBeUndefined();
        expect(data.reclamation).toMatchObject({ reclaimableSeats: 19, rows: { nodes: [{ reclaimableSeats: 1 }] } });
        expect(data.reclamation.meta.warnings.map(({ code }: any) => code)).not.toContain('MISSING_PRICE');
        for (const fields of ['saving { amounts { amount } }', 'reasons { saving { amounts { amount } } }', 'byExpiration { saving { amounts { amount } } }', 'rows { nodes { saving { amount } } }']) {
          const refused = await app.ask('viewer', `{ reclamation(${DAY}) { ${fields} } }`);
          expect(refused.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
        }
      } finally {
        await app.stop();
      }
    });
  });

  onEachDatabase('days of another time zone', (kind) => {
    // 2026-03-17 23:59:59 UTC is the 18th in Berlin: 89 days, and one of three seats is used. 2026-05-17 00:00:00 UTC is the 16th in New York: 30 days.
    it.each([
      ['Europe/Berlin', { 'portal:4': 'UNDERUSED', 'portal:6': 'STALE', 'portal:12': 'NEVER_USED' }, { ACTIVE: [7, 7] }],
      ['America/New_York', { 'portal:4': 'STALE', 'portal:7': 'NEVER_USED', 'portal:12': undefined }, { DORMANT: [3, 3] }],
    ])('%s', async (zone, expected, classes) => {
      const app = await startTestApp(kind, { rows: reclamationRows, environment: { REPORT_TIMEZONE: zone } });
      try {
        const { data, errors } = await app.ask('admin', `{ reclamation(${DAY}) { ${figures} rows { nodes { license { id } reason daysSinceActivity } } } }`);
        expect(errors).toBeUndefined();
        const reasons = new Map<string, string>(data.reclamation.rows.nodes.map(({ license, reason }: any) => [license.id, reason]));
        for (const [id, reason] of Object.entries(expected)) expect([id, reasons.get(id)]).toEqual([id, reason]);
        expect(classesOf(data.reclamation)).toMatchObject(classes);
      } finally {
        await app.stop();
      }
    });
  });
});
