import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import type { Rows } from '../support/rows.js';
import { event, unit } from '../support/trial-rows.js';

const started = (id: number, at: string, expires: string | null, grace: string | null = null) => event(id, 'STARTED', { at, expires, grace });
const activated = (id: number, at: string) => event(id, 'ACTIVATED', { at });
const converted = (id: number, at: string) => event(id, 'CONVERTED', { at });

/** One trial of every fate; the comment says what it is on 30 June 2026, with 7 days of grace. */
const rows: Rows = {
  trialUnit: [...Array.from({ length: 10 }, (_, index) => unit(index + 1)), unit(11, 'beacon'), unit(12)],
  trialEvent: [
    // 1: activated, converted in time after 6 days.
    started(1, '2026-05-04 09:00:00', '2026-05-18'), activated(1, '2026-05-05 08:00:00'), converted(1, '2026-05-10 12:00:00'),
    // 2: activated, converted in grace after 18 days.
    started(2, '2026-05-06 09:00:00', '2026-05-20'), activated(2, '2026-05-07 08:00:00'), converted(2, '2026-05-24 12:00:00'),
    // 3: converted after grace, after 41 days.
    started(3, '2026-05-10 09:00:00', '2026-05-24'), converted(3, '2026-06-20 12:00:00'),
    // 4: activated, lapsed.
    started(4, '2026-05-12 09:00:00', '2026-05-26'), activated(4, '2026-05-13 08:00:00'),
    // 5: activated, converted nobody knows when.
    started(5, '2026-05-20 09:00:00', '2026-06-03'), activated(5, '2026-05-21 08:00:00'), event(5, 'CONVERTED', { at: null, known: '2026-06-05 10:00:00' }),
    // 6: activated, converted late on the last day by an estimated date, after 14 days, and deactivated.
    started(6, '2026-06-05 09:00:00', '2026-06-19'), activated(6, '2026-06-06 08:00:00'),
    event(6, 'CONVERTED', { at: '2026-06-19 23:59:59', estimated: true }), event(6, 'REVERTED', { at: '2026-06-25 09:00:00' }),
    // 7: in grace until 1 July. 8: its last day. 9: without end.
    started(7, '2026-06-10 09:00:00', '2026-06-24'), started(8, '2026-06-16 09:00:00', '2026-06-30'), started(9, '2026-06-20 09:00:00', null),
    // 10: a second trial of the same site and product, running.
    started(10, '2026-03-02 09:00:00', '2026-03-16'), event(10, 'STARTED', { at: '2026-06-21 09:00:00', expires: '2026-07-05', trialId: 110 }),
    // 11: past a grace of its own. 12: extended.
    started(11, '2026-06-01 09:00:00', '2026-06-15', '2026-06-20'),
    started(12, '2026-06-02 09:00:00', '2026-06-16'), event(12, 'EXTENDED', { at: '2026-06-14 09:00:00', expires: '2026-07-10' }),
    // Unreadable ones: one of them is readable since.
    event(null, 'UNREADABLE', { at: '2026-06-01 00:00:00', trialId: 201 }), event(null, 'UNREADABLE', { at: '2026-06-01 00:00:00', trialId: 202 }),
    event(null, 'UNREADABLE', { at: '2026-06-29 00:00:00', trialId: 203 }), event(12, 'STARTED', { at: '2026-06-29 09:00:00', known: '2026-07-02 09:00:00', expires: '2026-07-10', trialId: 202 }),
  ],
};

const fields = `
  steps { name count shareOfStarted { numerator denominator value } shareOfPrevious { numerator denominator value } }
  strict { started activated activatedAndConverted } outcome { converted open lapsed }
  conversions { beforeExpiry inGrace afterGrace unknownDate } reverted medianDaysToConvert estimatedDates
  cohorts { month started activated converted convertedInWindow conversion { numerator denominator value } immature }`;
const part = (numerator: number, denominator: number, value: number | null) => ({ numerator, denominator, value });
const noCohort = (month: string, immature = false) => ({
  month, started: 0, activated: 0, converted: 0, convertedInWindow: 0, conversion: part(0, 0, null), immature,
});

onEachDatabase('trialFunnel', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows });
  });
  afterAll(() => app.stop());

  async function funnel(args: string, selection = fields, account = 'analyst'): Promise<any> {
    const { data, errors } = await app.ask(account, `{ trialFunnel(${args}) { ${selection} } }`);
    expect(errors).toBeUndefined();
    return data.trialFunnel;
  }
  const counts = async (args: string) => (await funnel(args, 'steps { count }')).steps.map(({ count }: { count: number }) => count);

  it('follows the trials that started in twelve months', async () => {
    expect(await funnel('asOf: "2026-06-30"')).toEqual({
      steps: [
        { name: 'STARTED', count: 12, shareOfStarted: part(12, 12, 1), shareOfPrevious: part(12, 12, 1) },
        { name: 'ACTIVATED', count: 5, shareOfStarted: part(5, 12, 0.4167), shareOfPrevious: part(5, 12, 0.4167) },
        { name: 'EXPIRED', count: 5, shareOfStarted: part(5, 12, 0.4167), shareOfPrevious: part(5, 5, 1) },
        { name: 'CONVERTED', count: 5, shareOfStarted: part(5, 12, 0.4167), shareOfPrevious: part(5, 5, 1) },
      ],
      strict: { started: 12, activated: 5, activatedAndConverted: 4 },
      outcome: { converted: 5, open: 5, lapsed: 2 },
      conversions: { beforeExpiry: 2, inGrace: 1, afterGrace: 1, unknownDate: 1 },
      reverted: 1,
      medianDaysToConvert: 16,
      estimatedDates: 1,
      cohorts: [
        ...['2025-07-01', '2025-08-01', '2025-09-01', '2025-10-01', '2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01'].map((month) => noCohort(month)),
        { ...noCohort('2026-03-01'), started: 1, conversion: part(0, 1, 0) },
        noCohort('2026-04-01'),
        { month: '2026-05-01', started: 5, activated: 4, converted: 4, convertedInWindow: 2, conversion: part(2, 5, 0.4), immature: false },
        { month: '2026-06-01', started: 6, activated: 1, converted: 1, convertedInWindow: 1, conversion: part(1, 6, 0.1667), immature: true },
      ],
    });
  });

  it('counts events of a period, and lines by start all the same', async () => {
    expect(await funnel('asOf: "2026-06-30", mode: PERIOD, range: { from: "2026-06-01", to: "2026-06-30" }')).toEqual({
      steps: [
        { name: 'STARTED', count: 6, shareOfStarted: part(6, 6, 1), shareOfPrevious: part(6, 6, 1) },
        { name: 'ACTIVATED', count: 1, shareOfStarted: part(1, 6, 0.1667), shareOfPrevious: part(1, 6, 0.1667) },
        { name: 'EXPIRED', count: 2, shareOfStarted: part(2, 6, 0.3333), shareOfPrevious: part(2, 1, 2) },
        { name: 'CONVERTED', count: 2, shareOfStarted: part(2, 6, 0.3333), shareOfPrevious: part(2, 2, 1) },
      ],
      strict: null, outcome: null,
      conversions: { beforeExpiry: 1, inGrace: 0, afterGrace: 1, unknownDate: 0 },
      reverted: 1, medianDaysToConvert: 27.5, estimatedDates: 1,
      cohorts: [{ month: '2026-06-01', started: 6, activated: 1, converted: 1, convertedInWindow: 1, conversion: part(1, 6, 0.1667), immature: true }],
    });
    const may = await funnel('asOf: "2026-06-30", mode: PERIOD, range: { from: "2026-05-01", to: "2026-05-31" }');
    expect(may.steps.map(({ count }: any) => count)).toEqual([5, 4, 3, 2]);
    expect(may).toMatchObject({ conversions: { beforeExpiry: 1, inGrace: 1, afterGrace: 0, unknownDate: 0 }, reverted: 0, medianDaysToConvert: 12, estimatedDates: 0 });
  });

  it('counts what expires once, in the period that holds the day after the last', async () => {
    const expired = async (from: string, to: string) => (await counts(`asOf: "2026-06-30", mode: PERIOD, range: { from: "${from}", to: "${to}" }`))[2];
    expect(await expired('2026-06-24', '2026-06-24')).toBe(0);
    expect(await expired('2026-06-25', '2026-06-25')).toBe(1);
    expect(await expired('2026-06-01', '2026-06-24')).toBe(1);
    expect(await expired('2026-06-25', '2026-06-30')).toBe(1);
  });

  it('cuts cohorts to the range', async () => {
    const { cohorts, outcome } = await funnel('asOf: "2026-06-30", range: { from: "2026-05-12", to: "2026-06-05" }', 'outcome { converted open lapsed } cohorts { month started immature }');
    // 4 and 5 of May; 6, 11 and 12 of June, whose last day in the range is the 5th.
    expect(cohorts).toEqual([{ month: '2026-05-01', started: 2, immature: false }, { month: '2026-06-01', started: 3, immature: true }]);
    expect(outcome).toEqual({ converted: 2, open: 1, lapsed: 2 });
  });

  it.each([['D7', 1, 0, false], ['D14', 1, 1, false], ['D30', 2, 1, false], ['D90', 3, 1, true]])('knows who converted within %s', async (window, ofMay, ofJune, mayIsImmature) => {
    const { cohorts } = await funnel(`asOf: "2026-06-30", range: { from: "2026-05-01" }, conversionWindow: ${window}`, 'cohorts { convertedInWindow immature }');
    expect(cohorts).toEqual([{ convertedInWindow: ofMay, immature: mayIsImmature }, { convertedInWindow: ofJune, immature: true }]);
  });

  it('stops being immature when the window has passed for the last of the cohort', async () => {
    const immature = async (asOf: string) => (await funnel(`asOf: "${asOf}", range: { from: "2026-05-01", to: "2026-05-31" }`, 'cohorts { immature }')).cohorts[0].immature;
    expect(await immature('2026-06-29')).toBe(true);
    expect(await immature('2026-06-30')).toBe(false);
  });

  it('tells what had become of trials by any day', async () => {
    const at = (asOf: string) => funnel(`asOf: "${asOf}", range: { from: "2026-01-01" }`, 'steps { count } outcome { converted open lapsed } reverted medianDaysToConvert');
    const of = async (asOf: string) => {
      const { steps, outcome, reverted, medianDaysToConvert } = await at(asOf);
      return [steps.map(({ count }: any) => count), Object.values(outcome), reverted, medianDaysToConvert];
    };
    expect(await of('2026-05-03')).toEqual([[1, 0, 1, 0], [0, 0, 1], 0, null]);
    expect(await of('2026-05-18')).toEqual([[5, 3, 1, 1], [1, 3, 1], 0, 6]);
    // The last day of 2 and of its grace: the 21st is the first day without, the 27th the last with it.
    expect(await of('2026-05-23')).toEqual([[6, 4, 2, 1], [1, 4, 1], 0, 6]);
    // 6 has converted and is not deactivated yet; 11 is in its own grace; 10 lapsed long ago and comes back later.
    expect(await of('2026-06-19')).toEqual([[11, 5, 5, 4], [4, 4, 3], 0, 14]);
    expect(await of('2026-07-02')).toEqual([[12, 5, 6, 5], [5, 4, 3], 1, 16]);
  });

  it('takes products, and nothing else of a filter', async () => {
    expect(await counts('asOf: "2026-06-30", filter: { products: [" Beacon "] }')).toEqual([1, 0, 1, 0]);
    expect(await counts('asOf: "2026-06-30", filter: { products: ["atlas"], sources: [TRIAL, PORTAL] }')).toEqual([11, 5, 4, 5]);
    for (const filter of ['products: []', 'products: ["müller"]', 'sources: [PORTAL]', 'companyIds: [1]', 'partnerIds: [1]', 'partnerIds: []', 'currencies: ["EUR"]']) {
      expect([filter, await counts(`asOf: "2026-06-30", filter: { ${filter} }`)]).toEqual([filter, [0, 0, 0, 0]]);
    }
  });

  it.each(['partner1', 'company1'])('shows %s no trials', async (account) => {
    const answer = await funnel('asOf: "2026-06-30", range: { from: "2026-06-01" }', `${fields} meta { warnings { code count } sources { name } }`, account);
    expect(answer).toMatchObject({
      strict: { started: 0, activated: 0, activatedAndConverted: 0 }, outcome: { converted: 0, open: 0, lapsed: 0 }, medianDaysToConvert: null,
      steps: [0, 0, 0, 0].map((count) => ({ count, shareOfStarted: part(0, 0, null), shareOfPrevious: part(0, 0, null) })),
      cohorts: [noCohort('2026-06-01', true)], meta: { warnings: [] },
    });
  });

  it('says what was left out and estimated', async () => {
    const { meta } = await funnel('asOf: "2026-06-30"', 'meta { asOf timezone windowDays windowStart sources { name fetchedAt complete } warnings { code count } }');
    expect(meta).toMatchObject({ asOf: '2026-06-30', timezone: 'UTC', windowDays: null, windowStart: null, sources: [{ name: 'free_trials', complete: false }] });
    expect(meta.warnings).toEqual([{ code: 'UNREADABLE_TRIALS', count: 3 }, { code: 'ESTIMATED_DATES', count: 1 }]);
    const warnings = async (asOf: string) => (await funnel(`asOf: "${asOf}"`, 'meta { warnings { code count } }')).meta.warnings;
    expect(await warnings('2026-06-10')).toEqual([{ code: 'UNREADABLE_TRIALS', count: 2 }]);
    expect(await warnings('2026-07-02')).toEqual([{ code: 'UNREADABLE_TRIALS', count: 2 }, { code: 'ESTIMATED_DATES', count: 1 }]);
  });

  it('asks the database once for all figures, and not at all for none', async () => {
    const asked = async (selection: string) => {
      await funnel('asOf: "2026-06-30"', selection);
      const texts = await app.statementsOf(() => funnel('asOf: "2026-06-30"', selection));
      return texts.filter((text) => text.includes('sw_trial'));
    };
    expect(await asked(fields)).toHaveLength(1);
    expect(await asked('meta { asOf timezone }')).toHaveLength(0);
    const [statement] = await asked('strict { started }');
    expect(statement).not.toContain('expires_on');
  });

  it('leaves out what comes after asOf', async () => {
    expect((await funnel('asOf: "2026-05-10", range: { from: "2026-05-01", to: "2026-08-31" }', 'cohorts { month started }')).cohorts).toEqual([{ month: '2026-05-01', started: 3 }]);
    expect(await funnel('asOf: "2026-05-10", range: { from: "2026-06-01", to: "2026-06-30" }', 'cohorts { month } steps { count } outcome { open }')).toEqual({
      cohorts: [], steps: [0, 0, 0, 0].map((count) => ({ count })), outcome: { open: 0 },
    });
  });

  it.each([
    ['range: { from: "2026-06-02", to: "2026-06-01" }', 'range', 'ends before it begins'],
    ['range: { from: "2016-06-01", to: "2026-06-30" }', 'range', '121 months'],
    ['range: { from: "1000-01-01" }', 'range', 'more than 120'],
    ['filter: { companyIds: ["x"] }', 'filter.companyIds', 'is not an id'],
  ])('refuses %s', async (args, field, message) => {
    const { errors } = await app.ask('admin', `{ trialFunnel(asOf: "2026-06-30", ${args}) { reverted } }`);
    expect(errors).toMatchObject([{ message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  it('takes 120 months', async () => {
    expect((await funnel('asOf: "2026-06-30", range: { from: "2016-07-01" }', 'cohorts { started }')).cohorts).toHaveLength(120);
  });
});

/** A start, a conversion and a deactivation shortly after midnight and shortly before, in three zones. */
onEachDatabase('trialFunnel in time zones', (kind) => {
  const edges: Rows = {
    trialUnit: [unit(1), unit(2)],
    trialEvent: [
      started(1, '2026-05-31 22:30:00', '2026-06-15'), converted(1, '2026-06-15 22:30:00'),
      started(2, '2026-06-01 03:30:00', '2026-06-15'), converted(2, '2026-06-16 03:30:00'), event(2, 'REVERTED', { at: '2026-06-30 22:30:00' }),
    ],
  };
  it.each([
    ['UTC', [1, 1], { beforeExpiry: 1, inGrace: 1 }, 15, 1],
    ['Europe/Berlin', [0, 2], { beforeExpiry: 0, inGrace: 2 }, 15, 0],
    ['America/New_York', [2, 0], { beforeExpiry: 2, inGrace: 0 }, 15, 1],
  ])('begins days and months where %s has them', async (zone, starts, timing, median, reverted) => {
    const app = await startTestApp(kind, { rows: edges, environment: { REPORT_TIMEZONE: zone } });
    try {
      const { data } = await app.ask('analyst', `{ trialFunnel(asOf: "2026-06-30", range: { from: "2026-05-01" }) {
        cohorts { started } conversions { beforeExpiry inGrace } medianDaysToConvert reverted } }`);
      expect(data.trialFunnel).toEqual({ cohorts: starts.map((count) => ({ started: count })), conversions: timing, medianDaysToConvert: median, reverted });
    } finally {
      await app.stop();
    }
  });
});
