import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { PREMIUM_LICENCES, premiumKey, premiumLicence, premiumLicences, premiumProduct, premiumSite } from '../../server/db/demo/premium.js';
import { hostOf } from '../../server/reports/shapes/host.js';

const TODAY = '2026-11-18';
const rows = premiumLicences(TODAY);
const first = [...new Map([...rows].reverse().map((row) => [row.license_key, row])).values()];
const share = (of: (row: (typeof rows)[number]) => boolean) => first.filter(of).length / first.length;

describe('the premium licences of the demo', () => {
  it('are the same for the same day', () => {
    expect(premiumLicences(TODAY)).toEqual(rows);
    expect(first).toHaveLength(PREMIUM_LICENCES);
    expect(new Set(rows.map(({ site_url }) => hostOf(site_url))).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(PREMIUM_LICENCES + 200);
  });

  it('are what trials name as their premium licence', () => {
    for (const n of [1, 2, 77, PREMIUM_LICENCES]) {
      expect(premiumLicence(n, TODAY)[0]).toMatchObject({ license_key: premiumKey(n), product_slug: premiumProduct(n), site_url: premiumSite(n) });
    }
  });

  it('stand everywhere in their lives, and contradict nothing', () => {
    expect(share(({ expiration_date: end }) => end === 'lifetime')).toBeGreaterThan(0.03);
    expect(share(({ expiration_date: end }) => end === TODAY)).toBeGreaterThan(0.002);
    expect(share(({ expiration_date: end }) => end < TODAY && end >= '2026-11-11')).toBeGreaterThan(0.005);
    expect(share(({ expiration_date: end }) => end < '2026-11-11')).toBeGreaterThan(0.1);
    expect(share(({ last_check_in: seen }) => seen === null)).toBeGreaterThan(0.05);
    expect(share(({ company_id: owner }) => owner !== null)).toBeGreaterThan(0.28);
    expect(share(({ activation_limit: limit }) => limit === 0)).toBeGreaterThan(0.005);
    expect(new Set(first.map(({ currency }) => currency)).size).toBeGreaterThan(7);
    expect(new Set(first.map(({ billing_interval: interval }) => interval))).toEqual(new Set(['year', 'month', 3, null]));
    for (const { purchase_date: begun, expiration_date: end, last_check_in: seen } of rows) {
      expect(begun <= TODAY && begun <= end).toBe(true);
      expect(seen === null || (seen.slice(0, 10) >= begun && seen < TODAY)).toBe(true);
    }
  });
});

describe('the provider of the demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-provider-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is a process that tells its address, keeps its licences, and ends with whoever started it', async () => {
    const file = join(folder, 'demo.json');
    const start = () => spawn(process.execPath, ['--import', 'tsx', 'tests/support/provider-server.ts', '--demo', '--data', file, '--token', 'x'], {
      stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' },
    });
    for (const run of [1, 2]) {
      const child = start();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
      const { url, licenses } = JSON.parse(line) as { url: string; licenses: number };
      expect([run, licenses]).toEqual([run, JSON.parse(readFileSync(file, 'utf8')).length]);
      expect((await fetch(url)).status).toBe(401);
      const page = await (await fetch(`${url}?limit=3`, { headers: { authorization: 'Bearer x' } })).json() as { data: unknown[]; has_more: boolean };
      expect([page.data.length, page.has_more]).toEqual([3, true]);
      child.stdin.end();
      expect(await ended).toBe(0);
    }
  }, 60_000);
});
