import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { insertDemoData } from '../../server/db/demo/index.js';
import { PREMIUM_LICENCES, premiumKey, premiumLicence } from '../../server/db/demo/premium.js';
import { trials } from '../../server/db/demo/trials.js';
import { unitOf } from '../../server/trials/unit.js';
import { observeAt } from '../support/trials.js';

const TODAY = '2026-11-18';
const { rows, units, events } = trials(TODAY);
const ofKind = (kind: string) => events.filter((event) => event.kind === kind);

describe('the trials of the demo', () => {
  it('are the same for the same day and follow the day', () => {
    expect(trials(TODAY)).toEqual({ rows, units, events });
    const later = trials('2027-03-01').rows;
    expect(later).toHaveLength(3000);
    expect(later.at(-1)?.createdAt.slice(0, 10)).toBe('2027-03-01');
  });

  it('start over eighteen months, ever more of them, and less at weekends', () => {
    expect(rows).toHaveLength(3000);
    expect((rows[0]?.createdAt ?? '') >= '2025-05-19').toBe(true);
    const within = (from: string, to: string) => rows.filter(({ createdAt }) => createdAt >= from && createdAt < to).length;
    expect(within('2026-05-18', '2026-11-19')).toBeGreaterThan(1.2 * within('2025-05-19', '2025-11-18'));
    const weekend = rows.filter(({ createdAt }) => [0, 6].includes(new Date(`${createdAt.slice(0, 10)}T00:00:00Z`).getUTCDay())).length;
    expect(weekend / rows.length).toBeLessThan(0.2);
  });

  it('hold nothing of the future, and no end before its start', () => {
    const end = `${TODAY} 05:00:00`;
    expect(rows.filter(({ createdAt, updatedAt, lastCheckedInAt }) => createdAt > end || updatedAt > end || (lastCheckedInAt ?? '') > end)).toEqual([]);
    expect(rows.filter(({ createdAt, updatedAt, lastCheckedInAt, expirationDate }) => updatedAt < createdAt || (lastCheckedInAt ?? '9') <= createdAt || expirationDate < createdAt)).toEqual([]);
    expect(events.filter(({ knownAt, trialId }) => knownAt > end || knownAt < (rows[trialId - 1]?.createdAt ?? ''))).toEqual([]);
  });

  it('have a unit each, some of them the same, at addresses that cannot exist', () => {
    const written = new Set(units.map(({ host, productSlug }) => JSON.stringify({ host, productSlug })));
    expect(rows.filter(({ siteUrl, productSlug }) => !written.has(JSON.stringify(unitOf(siteUrl, productSlug))))).toEqual([]);
    expect(units.length).toBeGreaterThan(2700);
    expect(units.length).toBeLessThan(2950);
    expect(units.filter(({ host }) => !host.endsWith('.example'))).toEqual([]);
    expect(rows.filter(({ email }) => !/^[a-z]+@[a-z0-9.-]+\.example$/.test(email))).toEqual([]);
  });

  it('live every life: used or not, extended, converted before and after the end, taken back', () => {
    expect(ofKind('STARTED')).toHaveLength(3000);
    expect(ofKind('ACTIVATED').length).toBeGreaterThan(1700);
    expect(ofKind('EXTENDED').length).toBeGreaterThan(100);
    expect(ofKind('CONVERTED').length).toBeGreaterThan(330);
    expect(ofKind('REVERTED').length).toBeGreaterThan(15);
    expect(ofKind('CONVERTED').filter(({ estimated }) => estimated === 1).length).toBeGreaterThan(15);
    expect(ofKind('CONVERTED').filter(({ occurredAt }) => occurredAt === null).length).toBeGreaterThan(1);
    const term = (trialId: number) => rows[trialId - 1]?.expirationDate ?? '';
    expect(ofKind('CONVERTED').filter(({ knownAt, trialId }) => knownAt <= term(trialId)).length).toBeGreaterThan(200);
    expect(ofKind('CONVERTED').filter(({ knownAt, trialId }) => knownAt > term(trialId)).length).toBeGreaterThan(60);
  });

  it('go on with a licence of the provider on the day on which it was bought', () => {
    const byKey = new Map(Array.from({ length: PREMIUM_LICENCES }, (_, index) => [premiumKey(index + 1), premiumLicence(index + 1, TODAY)[0]]));
    const named = rows.filter(({ premiumLicenseId }) => premiumLicenseId !== null);
    expect(named.length).toBeGreaterThan(300);
    for (const { id, premiumLicenseId, productSlug } of named) {
      const licence = byKey.get(premiumLicenseId ?? '');
      expect(licence?.product_slug).toBe(productSlug);
      expect(ofKind('CONVERTED').find(({ trialId }) => trialId === id)?.knownAt.slice(0, 10)).toBe(licence?.purchase_date);
    }
  });
});

describe('a database with the demo', () => {
  const directory = mkdtempSync(join(tmpdir(), 'seatwise-demo-'));
  let database: Database;
  beforeAll(async () => {
    database = await Database.open(readConfig({ DATA_DIR: directory }));
    await database.migrate();
    await insertDemoData(database, TODAY, () => {});
  }, 180_000);
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('has nothing to add to the history of its trials', async () => {
    expect(await observeAt(database, `${TODAY}T06:00:00Z`)).toEqual({ trials: 3000, events: 0 });
    expect(await database.read(sql`select id from sw_trial_events where kind = 'UNREADABLE'`)).toEqual([]);
  });
});
