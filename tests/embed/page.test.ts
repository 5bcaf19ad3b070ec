import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Database } from '../../server/db/database.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { embedBy, embedRows, endAt, ORIGIN, storedEmbed } from '../support/embeds.js';
import { eventually } from '../support/eventually.js';

/** The page is the built client's; `npm test` builds it first. */
const built = existsSync('dist/client/index.html');

const directive = (response: Response, name: string) =>
  response.headers.get('content-security-policy')?.split(';').map((part) => part.trim()).find((part) => part.startsWith(name));

(built ? onEachDatabase : (title: string) => describe.skip(`${title} (the client is not built)`, () => it('is not tested', () => {})))('the embedded page', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: embedRows });
  });
  afterAll(() => app.stop());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(app.url + path, { headers: { accept: 'text/html', ...headers } });
  const page = (token: string, dashboard = 'overview', headers: Record<string, string> = {}) => get(`/embed/${dashboard}?token=${encodeURIComponent(token)}`, headers);

  it('may be framed by the token\'s origins and by nobody else, and is kept nowhere', async () => {
    const { token, id } = await embedBy(app, 'partner1', { allowedOrigins: [ORIGIN, 'http://127.0.0.1:8099'] });
    const response = await page(token, 'overview', { referer: `${ORIGIN}/any/page` });
    expect(response.status).toBe(200);
    expect(directive(response, 'frame-ancestors')).toBe(`frame-ancestors ${ORIGIN} http://127.0.0.1:8099`);
    expect(directive(response, 'default-src')).toBe("default-src 'self'");
    expect(response.headers.get('x-frame-options')).toBeNull();
    expect([response.headers.get('cache-control'), response.headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
    expect(await response.text()).toContain('<div id="root">');
    // Noted beside the answer.
    await eventually(async () => expect((await storedEmbed(app, id))['last_shown_at']).not.toBeNull());
  });

  it('is noted as shown though the server stops with the answer', async () => {
    const { token, id } = await embedBy(app, 'partner1');
    const { transaction } = Database.prototype;
    // As behind a lock that another application holds for a moment.
    const late = jest.spyOn(Database.prototype, 'transaction').mockImplementation(async function (this: Database, work) {
      await wait(1000);
      return transaction.call(this, work);
    });
    expect((await page(token)).status).toBe(200);
    late.mockRestore();
    await app.restart();
    expect((await storedEmbed(app, id))['last_shown_at']).not.toBeNull();
  });

  it('opens without a referrer, which some pages keep to themselves', async () => {
    const { token } = await embedBy(app, 'partner1');
    expect((await page(token)).status).toBe(200);
  });

  it.each(['/', '/licences', '/sign-in', '/embed', '/embed/', '/embed/overview/x'])('%s may be framed by nobody', async (path) => {
    expect(directive(await get(path), 'frame-ancestors')).toBe("frame-ancestors 'none'");
  });

  it('is one page for every refusal, which nobody may frame', async () => {
    const { token, id } = await embedBy(app, 'partner1');
    const gone = await embedBy(app, 'partner1');
    await app.ask('partner1', 'mutation($id: ID!) { revokeEmbedToken(id: $id) { userErrors { code } } }', { id: gone.id });
    const over = await embedBy(app, 'partner1');
    await endAt(app, over.id, new Date(Date.now() - 1));
    const answers = [
      await page(`swe_${'A'.repeat(43)}`), await page(''), await get('/embed/overview'), await page(gone.token), await page(over.token), await page(token, 'position'),
      await page(token, 'nowhere'), await page(token, 'constructor'), await page(token, 'OVERVIEW'), await get(`/embed/overview?token=${token}&token=${token}`),
      await page(token, 'overview', { referer: 'https://evil.example/' }), await page(token, 'overview', { referer: `${ORIGIN}.evil.example/` }),
      await page(token, 'overview', { referer: 'no address' }), await page(await app.tokenOf('partner1')),
    ];
    const told = await Promise.all(answers.map(async (answer) => [
      answer.status, answer.headers.get('content-security-policy'), answer.headers.get('x-frame-options'), answer.headers.get('cache-control'), answer.headers.get('set-cookie'), await answer.text(),
    ]));
    expect(told[0]).toMatchObject([403, "default-src 'none'; frame-ancestors 'none'", expect.any(String), 'no-store', null, expect.stringContaining('This dashboard is not available here.')]);
    for (const one of told) expect(one).toEqual(told[0]);
    expect((await storedEmbed(app, id))['last_shown_at']).toBeNull();
  });

  it('comes with a script that pages of any origin may load, and that depends on nothing', async () => {
    const response = await get('/embed.js', { origin: 'https://anybody.example', accept: '*/*' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/javascript/);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    const text = await response.text();
    expect(text).toContain('seatwise-dashboard');
    expect(text).not.toMatch(/^\s*(import|export)\b/m);
    expect(text.length).toBeLessThan(12_000);
  });
});
