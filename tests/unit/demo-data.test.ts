import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql, { type Sql } from 'sql-template-tag';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/db/database.js';
import { demoData } from '../../server/db/demo/data.js';
import { insertDemoData, isEmpty } from '../../server/db/demo/index.js';
import type { LicenceRow } from '../../server/db/demo/licences.js';
import { terminalProgress } from '../../server/db/demo/progress.js';
import { rates } from '../../server/db/demo/rates.js';
import { existingTables, tableReference } from '../../server/db/tables.js';

const TODAY = '2026-11-18';
const WINDOW_START = '2026-11-05';
const data = demoData(TODAY);

const fingerprint = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const ownerKey = (row: { companyId: number | null; partnerId: number | null }) =>
  row.companyId === null ? `partner ${row.partnerId}` : `company ${row.companyId}`;

function isInvalid({ startDate, endDate, seats, companyId, partnerId, currency }: LicenceRow): boolean {
  return (endDate !== null && endDate < startDate) || seats <= 0 || (companyId === null) === (partnerId === null) || currency === 'XXQ';
}

const valid = data.licences.filter((round) => !isInvalid(round));
const inForce = valid.filter(({ startDate, endDate }) => startDate <= TODAY && (endDate === null || endDate >= TODAY));
const activeIds = new Set(data.activity.flatMap(([, userId, timestamp]) => (userId !== null && timestamp >= WINDOW_START ? [userId] : [])));

describe('the rows of the demo', () => {
  it('are the same for the same day and follow the day', () => {
    expect(fingerprint(demoData(TODAY))).toBe(fingerprint(data));
    const other = demoData('2027-03-01');
    expect(other.companies).toEqual(data.companies);
    expect(other.activity.length).toBe(data.activity.length);
    expect(fingerprint(other.licences)).not.toBe(fingerprint(data.licences));
  });

  it('can be made for every kind of day', () => {
    for (const day of ['2028-02-29', '2026-01-04']) expect(demoData(day).activity).toHaveLength(300_000);
  });

  it('are as many as promised', () => {
    expect(data.partners).toHaveLength(12);
    expect(data.companies).toHaveLength(150);
    expect(data.companies.filter(({ partnerId }) => partnerId !== null)).toHaveLength(90);
    expect(data.companies.filter(({ active }) => !active)).toHaveLength(7);
    expect(data.products.map(({ code }) => code)).toEqual(['SUB', 'REL', 'ADM', 'ENT', 'USR', 'USR_LIC']);
    expect(data.users).toHaveLength(6000);
    expect(data.activity).toHaveLength(300_000);
    expect(data.licences.length).toBeGreaterThan(650);
    expect(data.licences.length).toBeLessThan(750);
  });

  it('give no two owners a name, no two users an address', () => {
    const names = [...data.companies, ...data.partners].map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(162);
    expect(new Set(data.users.map(({ email }) => email)).size).toBe(6000);
    expect(data.users.filter(({ email }) => !/^[a-z0-9.]+@[a-z0-9-]+\.example$/.test(email))).toEqual([]);
  });

  it('make the first company a large customer of the first partner', () => {
    expect(data.companies[0]).toMatchObject({ id: 1, partnerId: 1, profile: 'well' });
    expect(inForce.filter(({ companyId }) => companyId === 1)).toHaveLength(6);
    expect(data.users.filter(({ companyId }) => companyId === 1).length).toBeGreaterThan(150);
    expect(inForce.filter(({ companyId, partnerId }) => companyId === null && partnerId === 1).length).toBeGreaterThan(1);
  });
});

describe('licence rounds', () => {
  it('cover every life-cycle status', () => {
    expect(data.licences.filter(isInvalid)).toHaveLength(9);
    expect(inForce.filter(({ endDate }) => endDate === TODAY).length).toBeGreaterThanOrEqual(5);
    expect(inForce.filter(({ endDate }) => endDate === null || endDate === '9999-12-31').length).toBeGreaterThanOrEqual(15);
    expect(valid.filter(({ startDate }) => startDate > TODAY).length).toBeGreaterThanOrEqual(25);
    expect(valid.filter(({ endDate }) => endDate !== null && endDate < TODAY && endDate >= '2026-11-11').length).toBeGreaterThanOrEqual(10);
    expect(valid.filter(({ endDate }) => endDate !== null && endDate < '2026-11-11').length).toBeGreaterThan(200);
  });

  it('are paid in ten currencies, a few of them free, six with a total that disagrees', () => {
    expect([...new Set(valid.map(({ currency }) => currency))].sort()).toEqual(['AUD', 'CAD', 'CHF', 'DKK', 'EUR', 'GBP', 'JPY', 'NOK', 'SEK', 'USD']);
    expect(valid.filter(({ unitCost }) => unitCost === 0).length).toBeGreaterThanOrEqual(5);
    expect(valid.filter(({ seats, unitCost, totalCost }) => Math.abs(seats * unitCost - totalCost) > 0.01)).toHaveLength(6);
    expect(valid.filter(({ currency, unitCost }) => currency === 'JPY' && !Number.isInteger(unitCost))).toEqual([]);
  });

  it('keep every figure where a FLOAT still tells the cents', () => {
    const lost = valid.filter(({ totalCost }) => Math.round(Math.fround(totalCost) * 100) !== Math.round(totalCost * 100));
    expect(lost).toEqual([]);
  });

  it('carry a typed status that is mostly but not always right', () => {
    const wrong = inForce.filter(({ status }) => status.toLowerCase() !== 'active').length / inForce.length;
    expect(wrong).toBeGreaterThan(0.02);
    expect(wrong).toBeLessThan(0.15);
    expect(data.licences.filter(({ status }) => status === '' || status.length > 10)).toEqual([]);
  });
});

describe('activity', () => {
  it('spreads companies over the bands of utilisation', () => {
    const seats = new Map<string, number>();
    for (const round of inForce) seats.set(ownerKey(round), (seats.get(ownerKey(round)) ?? 0) + round.seats);
    const active = new Map<string, number>();
    for (const user of data.users) if (activeIds.has(user.id)) active.set(ownerKey(user), (active.get(ownerKey(user)) ?? 0) + 1);
    const bands: Record<string, number> = {};
    for (const { id, users } of data.companies) {
      const held = seats.get(`company ${id}`) ?? 0;
      const ratio = (active.get(`company ${id}`) ?? 0) / held;
      const band = held === 0 ? (users === 0 ? 'none' : 'UNLICENSED') : ratio > 1 ? 'OVER' : ratio < 0.7 ? 'UNDER' : 'WELL';
      bands[band] = (bands[band] ?? 0) + 1;
    }
    expect(bands).toEqual({ OVER: 22, WELL: 53, UNDER: 53, UNLICENSED: 15, none: 7 });
  });

  it('has about half of the users in the last 14 days', () => {
    const share = activeIds.size / data.users.filter(({ active }) => active === 1).length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  it('lies within 15 months, ends this morning, and rests at weekends', () => {
    const stamps = data.activity.map(([, , timestamp]) => timestamp).sort();
    expect(stamps[0]?.slice(0, 10)).toBe('2025-08-19');
    expect(stamps.at(-1)?.slice(0, 13)).toBe(`${TODAY} 04`);
    const on = (day: string) => stamps.filter((stamp) => stamp.startsWith(day)).length;
    expect(on('2026-11-15') * 5).toBeLessThan(on('2026-11-16'));
  });

  it('has rows without a user and rows that came late', () => {
    expect(data.activity.filter(([, userId]) => userId === null)).toHaveLength(3000);
    expect(data.activity.filter(([, , stamp], index) => stamp < (data.activity[index - 1]?.[2] ?? '')).length).toBeGreaterThan(100);
  });
});

describe('exchange rates', () => {
  it('are those published, then the last one on business days', () => {
    const all = rates('2026-04-20');
    const dollars = all.filter(({ currency }) => currency === 'USD');
    expect(dollars[0]).toEqual({ rateDate: '2022-01-03', currency: 'USD', unitsPerEuro: '1.1355', source: 'ECB' });
    expect(dollars.slice(-6).map(({ rateDate, unitsPerEuro, source }) => [rateDate, unitsPerEuro, source])).toEqual([
      ['2026-04-13', '1.1684', 'ECB'],
      ...['2026-04-14', '2026-04-15', '2026-04-16', '2026-04-17', '2026-04-20'].map((day) => [day, '1.1684', 'carried forward from ECB 2026-04-13']),
    ]);
  });
});

describe('inserting', () => {
  const directory = mkdtempSync(join(tmpdir(), 'seatwise-demo-'));
  let database: Database;
  const count = async (table: Sql) => Number((await database.read(sql`select count(*) as n from ${table}`))[0]?.['n']);

  beforeAll(async () => {
    database = await Database.open(readConfig({ DATA_DIR: directory }));
    await database.migrate();
  });
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('begins again after an interruption and then counts as filled', async () => {
    expect(await isEmpty(database)).toBe(true);
    const interrupted = insertDemoData(database, TODAY, (step) => {
      if (step === 'users') throw new Error('interrupted');
    });
    await expect(interrupted).rejects.toThrow('interrupted');
    expect(await isEmpty(database)).toBe(true);
    await insertDemoData(database, TODAY, () => {});
    expect(await isEmpty(database)).toBe(false);
    const counts = await Promise.all(existingTables.map((table) => count(tableReference(database.tables[table]))));
    expect(counts).toEqual([data.licences.length, 150, 12, 6, 6000, 300_000]);
    expect(await count(sql`sw_exchange_rates`)).toBe(data.rates.length);
    expect(await count(sql`sw_price_list`)).toBe(24);
  }, 60_000);

  it('takes a log with a row of somebody else for a customer\'s', async () => {
    await database.transaction(async ({ manager }) => {
      for (const table of existingTables.filter((name) => name !== 'activity')) await manager.query(`delete from ${tableReference(database.tables[table]).sql}`);
    });
    expect(await isEmpty(database)).toBe(true);
    await database.transaction(({ manager }) =>
      manager.query(`insert into ${tableReference(database.tables.activity).sql} (user_id, \`timestamp\`) values (1, '2026-01-01 00:00:00')`),
    );
    expect(await isEmpty(database)).toBe(false);
  }, 60_000);
});

describe('progress', () => {
  const draw = (isTTY: boolean) => {
    const written: string[] = [];
    const progress = terminalProgress({ isTTY, write: (text) => written.push(text) });
    for (const done of [1000, 2000, 2000]) progress('users', done, 2000);
    return written.join('');
  };

  it('redraws a line on a terminal and writes whole lines elsewhere', () => {
    expect(draw(false)).toBe('Demo data: users, 2,000 rows\n'.repeat(2));
    expect(draw(true).split('\r\u001B[2K')).toEqual(['', `Demo data  ${'█'.repeat(12)}${'░'.repeat(12)}   50 %  users`, `Demo data  ${'█'.repeat(24)}  100 %  users\n`]);
  });
});
