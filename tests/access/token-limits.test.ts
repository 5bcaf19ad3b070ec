import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { post, startTestApp, type TestApp } from '../support/app.js';
import { tokenBy } from '../support/api-tokens.js';
import { onEachDatabase } from '../support/databases.js';
import { documentId, embedBy, embedRows, overview, send } from '../support/embeds.js';

const QUESTION = '{ viewer { role } }';
/** Made with a session, a token costs its account requests too. */
const ENVIRONMENT = {
  REQUESTS_PER_MINUTE_ACCOUNT: '100000', REQUESTS_PER_MINUTE_TOKEN: '100000',
  LIMITS_BY_ROLE: JSON.stringify({
    PARTNER: { tokenRequestsPerMinute: 5, depth: 4 }, COMPANY: { tokenRequestsPerMinute: 1000, accountRequestsPerMinute: 12 }, EMBED: { tokenRequestsPerMinute: 15 },
  }),
};

onEachDatabase('requests with a token', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: embedRows, environment: ENVIRONMENT });
  });
  afterAll(() => app.stop());

  const statusesOf = async (token: string, times: number) => {
    const answers = [];
    for (let index = 0; index < times; index += 1) answers.push(await post(app.url, token, QUESTION));
    return answers;
  };

  it('are counted for each token', async () => {
    const [one, two] = [await tokenBy(app, 'partner1', { role: 'PARTNER' }), await tokenBy(app, 'partner1', { role: 'PARTNER' })];
    const answers = await statusesOf(one.token, 6);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.at(-1)?.errors?.[0]).toMatchObject({
      message: expect.stringMatching(/^Your token has sent 6 requests within a minute, the limit is 5\. Try again in \d+ seconds\.$/),
      extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number), limit: { name: 'tokenRequestsPerMinute', value: 5, actual: 6 } },
    });
    expect((await statusesOf(two.token, 5)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await app.ask('partner1', QUESTION)).status).toBe(200);
  });

  it('are counted for the account that made them too, however many tokens it makes', async () => {
    const tokens = [await tokenBy(app, 'company1', { role: 'COMPANY' }), await tokenBy(app, 'company1', { role: 'COMPANY' })];
    // Making them were two requests of the account's twelve.
    const answers = [...(await statusesOf(tokens[0]?.token ?? '', 5)), ...(await statusesOf(tokens[1]?.token ?? '', 6))];
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect(answers.at(-1)?.errors?.[0]?.extensions['limit']).toEqual({ name: 'accountRequestsPerMinute', value: 12, actual: 13 });
    expect((await app.ask('company1', QUESTION)).status).toBe(429);
    expect((await app.ask('company2', QUESTION)).status).toBe(200);
  });

  it('of an embedded dashboard are the dashboard\'s, not its maker\'s', async () => {
    const { token } = await embedBy(app, 'partner1');
    const question = { documentId: documentId('Overview'), variables: overview };
    // Each may bring some 4,000 rows, and counts five times.
    const answers = [];
    for (let index = 0; index < 4; index += 1) answers.push(await send(app, token, question));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await app.ask('partner1', QUESTION)).status).toBe(200);
    const another = await embedBy(app, 'partner1');
    expect((await send(app, another.token, question)).status).toBe(200);
  });

  it('have the limits of their role', async () => {
    const { token } = await tokenBy(app, 'partner1', { role: 'PARTNER' });
    const { errors } = await post(app.url, token, '{ companies { nodes { partner { companies { totalCount } } } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_LARGE', limit: { name: 'depth', value: 4, actual: 5 } });
  });
});
