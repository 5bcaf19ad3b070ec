import { expect, it } from '@jest/globals';
import { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../server/context.js';
import type { Row } from '../../server/db/dialect/dialect.js';
import { answeredOnce } from '../../server/live/feed.js';
import { subscriptions } from '../../server/live/resolvers.js';

const NOW = new Date().toISOString().slice(0, 19).replace('T', ' ');
const running = (read: number): Row => ({ provider: 'shop', failures: 0, rejected_count: 0, running_since: NOW, heartbeat_at: NOW, read_count: read });
const ended: Row = { provider: 'shop', failures: 0, rejected_count: 0, last_success_at: NOW };

it('a synchronisation that ends between the look at it and the showing of it is told to have ended once', async () => {
  // By turns of a look that finds something new and of what is shown then; the last look finds nothing new.
  const readings = [running(1), running(1), running(2), ended, ended, ended, ended];
  const context = {
    config: { PROVIDERS: [{ name: 'shop', kind: 'http-json' }], SYNC_INTERVAL_MINUTES: 0 },
    db: { table: raw, sharedTable: raw, read: async ({ text }: Sql) => (text.includes('sw_sync_state') ? readings.splice(0, 1) : []) },
    ticks: async function* () {
      for (let tick = 0; tick < 4; tick += 1) yield { at: new Date(), activity: [], changes: [], once: answeredOnce() };
    },
  } as unknown as Context;
  const told: unknown[] = [];
  for await (const [shop] of subscriptions.syncProgress.subscribe({}, {}, context)) told.push(shop?.progress?.read ?? null);
  expect([told, readings]).toEqual([[1, null], []]);
});
