import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { Temporal } from 'temporal-polyfill';
import type { Dialect } from '../../server/db/dialect/dialect.js';
import { hostSql } from '../../server/modules/unified/host.js';
import { termStatus } from '../../server/modules/unified/term-status.js';
import { zonedDay } from '../../server/modules/unified/zoned-day.js';
import { addDays } from '../../server/reports/shapes/days.js';
import { hostOf } from '../../server/reports/shapes/host.js';
import { lifecycleStatus } from '../../server/reports/shapes/lifecycle.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';

/** What the database makes of each value, in one statement. */
async function inDatabase(app: TestApp, values: readonly (string | null)[][], expression: (dialect: Dialect) => Sql): Promise<unknown[]> {
  const rows = join(values.map((row, index) => sql`select ${index} as n, ${join(row.map((value, column) => sql`${value} as ${raw(`v${column}`)}`))}`), ' union all ');
  const found = await app.database.read(sql`select t.n as n, ${expression(app.database.dialect)} as result from (${rows}) t`);
  return [...found].sort((a, b) => Number(a['n']) - Number(b['n'])).map(({ result }) => result);
}

onEachDatabase('rules that stand in SQL and in TypeScript', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind);
  });
  afterAll(() => app.stop());

  it('find the same host in an address', async () => {
    const part = fc.constantFrom('https://', 'http://', 'HTTPS://', 'www.', 'WWW.', 'shop', 'Example', '.', '.com', ':8080', '/', '/path', '?q=1', '#top', ' ', '-', 'x1', '@', '%', '_', '//');
    const address = fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join(''));
    await fc.assert(fc.asyncProperty(fc.array(address, { minLength: 1, maxLength: 40 }), async (addresses) => {
      const found = await inDatabase(app, addresses.map((text) => [text]), (dialect) => hostSql(dialect, raw('t.v0')));
      expect(found).toEqual(addresses.map(hostOf));
    }), { numRuns: 30 });
  });

  it.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'Pacific/Apia', 'America/Sao_Paulo'])('find the same day in %s', async (zone) => {
    const second = fc.integer({ min: Date.parse('2005-01-01') / 1000, max: Date.parse('2027-06-30') / 1000 });
    // Around the changes of summer time a day is 23 or 25 hours long.
    const nearChange = fc.constantFrom('2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-10-25T00:59:59Z', '2026-10-25T01:00:00Z', '2026-03-08T06:59:59Z', '2026-11-01T06:00:00Z', '2011-12-30T09:59:59Z')
      .chain((text) => fc.integer({ min: -90_000, max: 90_000 }).map((shift) => Date.parse(text) / 1000 + shift));
    await fc.assert(fc.asyncProperty(fc.array(fc.oneof(second, nearChange), { minLength: 1, maxLength: 30 }), async (seconds) => {
      const texts = seconds.map((at) => new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' '));
      const found = await inDatabase(app, texts.map((text) => [text]), (dialect) => dialect.asText(zonedDay(dialect, kind.name === 'MariaDB' ? raw('cast(t.v0 as datetime)') : raw('t.v0'), zone, '2026-12-31')));
      expect(found).toEqual(seconds.map((at) => Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone).toPlainDate().toString()));
    }), { numRuns: 10 });
  });

  it('find the same status of a term', async () => {
    const day = fc.integer({ min: -40, max: 40 }).map((shift) => addDays('2026-06-15', shift));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(day, fc.option(day)), { minLength: 1, maxLength: 40 }), async (terms) => {
      const found = await inDatabase(app, terms.map(([start, end]) => [start, end]), (dialect) =>
        termStatus({ start: raw('t.v0'), end: raw('t.v1'), grace: sql`case when t.v1 is null then null else ${dialect.asText(dialect.addDays(raw('t.v1'), 7))} end` }, '2026-06-15'));
      expect(found).toEqual(terms.map(([startDate, endDate]) =>
        lifecycleStatus({ companyId: 1, partnerId: null, startDate, endDate, seats: 1, currency: 'EUR' }, '2026-06-15', 7)));
    }), { numRuns: 20 });
  });
});
