import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { upsert } from '../../server/db/upsert.js';
import { addDays, daysBetween, dayOf } from '../../server/reports/shapes/days.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { run } from '../support/trials.js';

interface Event {
  unit: number;
  trial: number;
  kind: 'STARTED' | 'EXTENDED' | 'ACTIVATED' | 'CONVERTED' | 'REVERTED';
  /** Minutes since the epoch of the test; null: unknown. */
  at: number | null;
  known: number;
  expires: string | null;
  grace: string | null;
  estimated: boolean;
}

const EPOCH = Date.parse('2026-01-01T00:00:00Z');
const stored = (minutes: number) => new Date(EPOCH + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
const DAY = 1440;

const trialOf = fc.record({
  start: fc.integer({ min: 0, max: 200 * DAY }),
  length: fc.option(fc.integer({ min: 0, max: 40 }), { freq: 8 }),
  grace: fc.option(fc.integer({ min: 0, max: 20 })),
  extension: fc.option(fc.record({ after: fc.integer({ min: 1, max: 60 * DAY }), days: fc.integer({ min: 0, max: 60 }) })),
  activation: fc.option(fc.integer({ min: 1, max: 30 * DAY })),
  conversion: fc.option(fc.record({
    after: fc.integer({ min: 0, max: 100 * DAY }), known: fc.constantFrom(true, true, true, false), estimated: fc.boolean(), late: fc.constantFrom(0, 0, 5 * DAY),
  })),
  reversal: fc.option(fc.integer({ min: 1, max: 60 * DAY })),
});
const unitsOf = fc.array(fc.array(trialOf, { minLength: 1, maxLength: 3 }), { maxLength: 25 });

type Trials = (typeof unitsOf) extends fc.Arbitrary<infer T> ? T : never;

const plain = { start: 600, length: 10, grace: null, extension: null, activation: null, conversion: null, reversal: null };
/** Which of a unit's terms counts does not depend on which was written first. */
const TERMS_OF_ONE_MINUTE: [Trials, number, number][] = [
  [{ length: 30 }, { length: 10 }], [{ length: null }, { length: 10 }], [{ grace: 20 }, { grace: 2 }],
].map((trials) => [[trials, trials.toReversed()].map((each) => each.map((values) => ({ ...plain, ...values }))), 25, 100]);

function eventsOf(units: Trials): Event[] {
  let trial = 0;
  return units.flatMap((trials, unit) => trials.flatMap(({ start, length, grace, extension, activation, conversion, reversal }): Event[] => {
    trial += 1;
    const event = (kind: Event['kind'], at: number | null, values: Partial<Event> = {}): Event => ({
      unit: unit + 1, trial, kind, at, known: at ?? start, expires: null, grace: null, estimated: false, ...values,
    });
    const day = stored(start).slice(0, 10);
    const expires = length === null ? null : addDays(day, length);
    const events = [event('STARTED', start, { expires, grace: expires === null || grace === null ? null : addDays(expires, grace) })];
    if (extension !== null && expires !== null) events.push(event('EXTENDED', start + extension.after, { expires: addDays(expires, extension.days) }));
    if (activation !== null) events.push(event('ACTIVATED', start + activation));
    if (conversion !== null) {
      const at = start + conversion.after;
      events.push(event('CONVERTED', conversion.known ? at : null, { known: at + conversion.late, estimated: conversion.known && conversion.estimated }));
      if (reversal !== null) events.push(event('REVERTED', at + conversion.late + reversal));
    }
    return events;
  }));
}

function termOf({ at, expires, grace }: Event) {
  return { at: at ?? 0, lastDay: expires ?? '9999-12-31', graceDay: expires === null ? '9999-12-31' : (grace ?? addDays(expires, 7)) };
}

/** Of terms that began in the same minute, the one that lasts longer is the later one. */
function isLater(term: ReturnType<typeof termOf>, other: ReturnType<typeof termOf>): boolean {
  if (term.at !== other.at) return term.at > other.at;
  return term.lastDay === other.lastDay ? term.graceDay > other.graceDay : term.lastDay > other.lastDay;
}

/** The funnel worked out event by event, as the SDL words it. */
function naive(events: readonly Event[], asOf: string, from: string, zone: string) {
  const localDay = (minutes: number) => dayOf(new Date(EPOCH + minutes * 60_000), zone);
  const visible = events.filter(({ known }) => localDay(known) <= asOf);
  const units = [...new Set(visible.map(({ unit }) => unit))].flatMap((unit) => {
    const own = visible.filter((event) => event.unit === unit);
    const times = (...kinds: Event['kind'][]) => own.filter(({ kind }) => kinds.includes(kind));
    const starts = times('STARTED').map(({ at }) => at ?? 0);
    if (starts.length === 0) return [];
    const { lastDay, graceDay } = times('STARTED', 'EXTENDED').map(termOf).reduce((latest, term) => (isLater(term, latest) ? term : latest));
    const conversions = times('CONVERTED');
    const unknown = conversions.some(({ at }) => at === null);
    const first = conversions.length === 0 || unknown ? null : conversions.reduce((earliest, event) => ((event.at ?? 0) < (earliest.at ?? 0) ? event : earliest));
    const day = first === null ? null : localDay(first.at ?? 0);
    const start = localDay(Math.min(...starts));
    const timing = conversions.length === 0 ? 'none' : day === null ? 'unknownDate' : day <= lastDay ? 'beforeExpiry' : day <= graceDay ? 'inGrace' : 'afterGrace';
    const lastWord = [...times('CONVERTED'), ...times('REVERTED')].reduce<Event | null>((latest, event) => (latest === null || event.known >= latest.known ? event : latest), null);
    return [{
      start, timing, activated: times('ACTIVATED').length > 0, converted: conversions.length > 0, lastDay, graceDay,
      days: day === null ? null : daysBetween(start, day), reverted: lastWord?.kind === 'REVERTED',
    }];
  }).filter(({ start }) => start >= from && start <= asOf);
  const count = (passes: (unit: (typeof units)[number]) => boolean) => units.filter(passes).length;
  const days = units.flatMap(({ days: each }) => (each === null ? [] : [each])).sort((a, b) => a - b);
  return {
    steps: [
      units.length, count(({ activated }) => activated),
      count(({ lastDay, timing }) => lastDay < asOf && timing !== 'beforeExpiry' && timing !== 'unknownDate'), count(({ converted }) => converted),
    ].map((value) => ({ count: value })),
    strict: { started: units.length, activated: count(({ activated }) => activated), activatedAndConverted: count(({ activated, converted }) => activated && converted) },
    outcome: {
      converted: count(({ converted }) => converted), open: count(({ converted, graceDay }) => !converted && graceDay >= asOf),
      lapsed: count(({ converted, graceDay }) => !converted && graceDay < asOf),
    },
    conversions: Object.fromEntries(['beforeExpiry', 'inGrace', 'afterGrace', 'unknownDate'].map((name) => [name, count(({ timing }) => timing === name)])),
    reverted: count(({ reverted }) => reverted),
    medianDaysToConvert: days.length === 0 ? null : ((days[Math.floor((days.length - 1) / 2)] ?? 0) + (days[Math.floor(days.length / 2)] ?? 0)) / 2,
    inWindow: count(({ days: each }) => each !== null && each <= 30),
  };
}

const sum = (list: any[], field: string): number => list.reduce((total, each) => total + each[field], 0);

onEachDatabase('trialFunnel over generated trials', (kind) => {
  it.each(['UTC', 'Pacific/Auckland', 'America/New_York'])('agrees with counting by hand and adds up in %s', async (zone) => {
    let app: TestApp | undefined;
    try {
      app = await startTestApp(kind, { environment: { REPORT_TIMEZONE: zone } });
      const { database, ask } = app;
      await fc.assert(
        fc.asyncProperty(unitsOf, fc.integer({ min: 0, max: 250 }), fc.integer({ min: 0, max: 200 }), async (units, asOfDay, length) => {
          const asOf = addDays('2026-01-01', asOfDay);
          const from = addDays(asOf, -length);
          const events = eventsOf(units);
          await run(database, 'delete from sw_trial_events');
          const columns = ['unit_id', 'trial_id', 'kind', 'occurred_at', 'known_at', 'expires_on', 'grace_until', 'estimated', 'observed_at'];
          const rows = events.map(({ unit, trial, kind: what, at, known, expires, grace, estimated }) => [
            unit, trial, what, at === null ? null : stored(at), stored(known), expires, grace, estimated ? 1 : 0, stored(known),
          ]);
          await database.transaction((transaction) => upsert(transaction, database.dialect, { table: 'sw_trial_events', columns }, rows));
          const { data, errors } = await ask('analyst', `{
            cohort: trialFunnel(asOf: "${asOf}", range: { from: "${from}" }) { steps { count } strict { started activated activatedAndConverted }
              outcome { converted open lapsed } conversions { beforeExpiry inGrace afterGrace unknownDate } reverted medianDaysToConvert
              cohorts { started activated converted convertedInWindow } }
            period: trialFunnel(asOf: "${asOf}", range: { from: "${from}" }, mode: PERIOD) { steps { count } conversions { beforeExpiry inGrace afterGrace unknownDate }
              cohorts { started activated converted convertedInWindow } } }`);
          expect(errors).toBeUndefined();
          const { cohorts, ...cohort } = data.cohort;
          const { inWindow, ...expected } = naive(events, asOf, from, zone);
          expect(cohort).toEqual(expected);
          const [startedCount, activatedCount, , convertedCount] = cohort.steps.map(({ count }: any) => count);
          expect(cohort.outcome.converted + cohort.outcome.open + cohort.outcome.lapsed).toBe(startedCount);
          expect(cohort.strict.started >= cohort.strict.activated && cohort.strict.activated >= cohort.strict.activatedAndConverted).toBe(true);
          expect(cohort.conversions.beforeExpiry + cohort.conversions.inGrace + cohort.conversions.afterGrace + cohort.conversions.unknownDate).toBe(convertedCount);
          expect([sum(cohorts, 'started'), sum(cohorts, 'activated'), sum(cohorts, 'converted'), sum(cohorts, 'convertedInWindow')]).toEqual([startedCount, activatedCount, convertedCount, inWindow]);
          expect(data.period.cohorts).toEqual(cohorts);
          expect(data.period.steps[0].count).toBe(startedCount);
          const { beforeExpiry, inGrace, afterGrace, unknownDate } = data.period.conversions;
          expect([beforeExpiry + inGrace + afterGrace, unknownDate]).toEqual([data.period.steps[3].count, 0]);
        }),
        { numRuns: 40, examples: TERMS_OF_ONE_MINUTE },
      );
    } finally {
      await app?.stop();
    }
  }, 60_000);
});
