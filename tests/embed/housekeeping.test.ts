import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { EmbedTokenEntity } from '../../server/embed/entity.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';

const DAY_MS = 86_400_000;
const pause = () => new Promise((resolve) => setTimeout(resolve, 500));
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

onEachDatabase('embed tokens', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: {} });
  });
  afterAll(() => app.stop());

  const insert = (from: number, count: number, expiresAt: Date) => app.database.transaction(async ({ manager }) => {
    const tokens = Array.from({ length: count }, (_, n) => ({
      tokenHash: `${from + n}`.padStart(64, '0'), name: 'of a page', accountId: 1, grantJson: '{}', seal: '', createdAt: ago(30), expiresAt, revokedAt: null, lastShownAt: null,
    }));
    await manager.insert(EmbedTokenEntity, tokens);
  });
  const left = async () => Number((await app.database.read(sql`select count(*) as n from sw_embed_tokens`))[0]?.['n']);

  it('that ended more than a week ago are deleted, however many they are; others stay', async () => {
    await insert(0, 600, ago(8));
    await insert(600, 600, ago(9));
    await insert(1200, 3, ago(6));
    await insert(1203, 2, ago(-1));
    await app.restart();
    while ((await left()) > 5) await pause();
    await pause();
    expect(await left()).toBe(5);
  });
});
