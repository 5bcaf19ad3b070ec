import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase, sqlite } from '../support/databases.js';
import { overGraphQL, rest, site1, stateOf, trial } from './support.js';

onEachDatabase('the input of a licence check', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: { trial: [trial({ id: 1 }), trial({ id: 2, license_key: 'Schlüssel-ß', site_url: 'https://bücher.example.com', product_slug: 'Größe' })] } });
  });
  afterAll(() => app.stop());

  it.each([
    ['nothing', {}, [['licenseKey', 'REQUIRED'], ['siteUrl', 'REQUIRED'], ['productSlug', 'REQUIRED']]],
    ['nulls and blanks', { licenseKey: null, siteUrl: ' ', productSlug: '' }, [['licenseKey', 'REQUIRED'], ['siteUrl', 'REQUIRED'], ['productSlug', 'REQUIRED']]],
    ['other types', { licenseKey: 1, siteUrl: ['https://site1.example.com'], productSlug: { a: 1 } }, [['licenseKey', 'INVALID'], ['siteUrl', 'INVALID'], ['productSlug', 'INVALID']]],
    ['texts that are too long', { licenseKey: 'x'.repeat(256), siteUrl: `https://site1.example.com/${'x'.repeat(2048)}`, productSlug: 'x'.repeat(256) }, [['licenseKey', 'TOO_LONG'], ['siteUrl', 'TOO_LONG'], ['productSlug', 'TOO_LONG']]],
    ['control characters and broken text', { ...site1, licenseKey: 'a\u0000b', productSlug: 'a\ud800' }, [['licenseKey', 'INVALID'], ['productSlug', 'INVALID']]],
  ])('refuses %s with every fault at once', async (_, input, faults) => {
    const { status, check, userErrors } = await rest(app.url, input);
    expect([status, check, userErrors.map(({ field, code }) => [field[1], code])]).toEqual([400, null, faults]);
    expect(userErrors.every(({ field, message }) => field[0] === 'input' && message.length > 10)).toBe(true);
  });

  it.each(['ftp://site1.example.com', 'javascript:alert(1)', 'https://', 'https://user:secret@site1.example.com', 'site1.example.com@evil.example', 'a b.example.com',
    'https://site1.example.com\\@evil.example', 'http://[::1]/', '//site1.example.com', '?', 'site1.example.com%00', 'https://si\u202ete1.example.com'])(
    'refuses the address %j, over both transports', async (siteUrl) => {
      const { status, userErrors } = await rest(app.url, { ...site1, siteUrl });
      expect([status, userErrors]).toMatchObject([400, [{ field: ['input', 'siteUrl'], code: 'INVALID' }]]);
      expect(await overGraphQL(app, { ...site1, siteUrl })).toMatchObject({ status: 200, check: null, userErrors });
    });

  it.each([['a list', [site1]], ['a text', '"x"'], ['null', 'null'], ['a number', '1']])('refuses %s in place of an object', async (_, body) => {
    expect(await rest(app.url, body)).toMatchObject({ status: 400, check: null, userErrors: [{ field: ['input'], code: 'INVALID' }] });
  });

  it('takes names in any script', async () => {
    expect(await stateOf(app, { licenseKey: 'Schlüssel-ß', siteUrl: 'https://BÜCHER.example.com/', productSlug: 'größe' })).toBe('ACTIVE');
    for (const licenseKey of ['Schlussel-ß', 'Schlüssel-ss', 'Schlüssel-ß\u0301', '🤷‍♀️']) {
      expect(await stateOf(app, { licenseKey, siteUrl: 'https://bücher.example.com', productSlug: 'größe' })).toBe('INVALID');
    }
    expect(await stateOf(app, { licenseKey: 'Schlüssel-ß', siteUrl: 'https://bucher.example.com', productSlug: 'größe' })).toBe('INVALID');
  });

  it('ignores fields that it does not know', async () => {
    expect((await rest(app.url, `{"licenseKey":"TRIAL-1","siteUrl":"site1.example.com","productSlug":"atlas","version":2}`)).check.state).toBe('ACTIVE');
    expect((await rest(app.url, `{"licenseKey":"TRIAL-1","siteUrl":"site1.example.com","productSlug":"atlas","__proto__":{"a":1}}`)).status).toBe(400);
  });
});

describe('POST /license-check', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(sqlite, { rows: { trial: [trial({ id: 1 })] } });
  });
  afterAll(() => app.stop());
  const send = async (init: RequestInit) => {
    const response = await fetch(`${app.url}/license-check`, { method: 'POST', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text) };
  };
  const json = { 'content-type': 'application/json' };

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json'])('takes no %s', async (type) => {
    const { status, body } = await send({ headers: { 'content-type': type }, body: JSON.stringify(site1) });
    expect([status, body.errors[0].extensions.code]).toEqual([415, 'BAD_USER_INPUT']);
    expect(body.errors[0].extensions.requestId).toEqual(expect.any(String));
  });

  it.each([['{'], [''], ['{"licenseKey":'], ["{'a':1}"]])('answers the malformed body %j with JSON and no stack', async (text) => {
    const { status, body } = await send({ headers: json, body: text });
    expect([status, body.errors.length, body.errors[0].extensions.code]).toEqual([400, 1, 'BAD_USER_INPUT']);
    expect(JSON.stringify(body)).not.toMatch(/node_modules|at Object/);
  });

  it('takes at most 16 KiB', async () => {
    const text = JSON.stringify({ ...site1, more: 'x'.repeat(16_384) });
    const { status, body } = await send({ headers: json, body: text });
    expect([status, body.errors[0].message]).toEqual([413, `The request body is larger than 16 KiB: it has ${text.length} bytes.`]);
  });

  it('answers GET like any unknown path, and may not be stored', async () => {
    expect((await fetch(`${app.url}/license-check`)).status).toBe(404);
    expect((await send({ headers: json, body: JSON.stringify(site1) })).headers.get('cache-control')).toBe('no-store');
  });

  it('tells no foreign page that it may read the answer', async () => {
    const { headers } = await send({ headers: { ...json, origin: 'https://evil.example' }, body: JSON.stringify(site1) });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the limits of licence checks', () => {
  const open = (environment: Record<string, string>) => startTestApp(sqlite, { rows: { trial: [trial({ id: 1 }), trial({ id: 2 })] }, environment });

  it('slow down a key, whatever the site, and leave the others alone', async () => {
    const app = await open({ LICENSE_CHECKS_PER_MINUTE_KEY: '3' });
    try {
      const answers = [];
      for (let i = 0; i < 4; i += 1) answers.push(await rest(app.url, { ...site1, siteUrl: `https://s${i}.example.com` }));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
      expect(answers[3]).toMatchObject({ check: null, userErrors: [{ field: [], code: 'THROTTLED' }] });
      expect(Number(answers[3]?.retryAfter)).toBeGreaterThan(50);
      expect(await overGraphQL(app, site1)).toMatchObject({ status: 200, check: null, userErrors: [{ code: 'THROTTLED' }] });
      expect(await stateOf(app, { licenseKey: 'TRIAL-2' })).toBe('ACTIVE');
    } finally {
      await app.stop();
    }
  });

  it('slow down an address, an IPv6 network counting as one', async () => {
    const app = await open({ LICENSE_CHECKS_PER_MINUTE_ADDRESS: '2', TRUST_PROXY: '1' });
    try {
      const from = async (address: string) => (await rest(app.url, { ...site1, licenseKey: `x${Math.random()}` }, { 'x-forwarded-for': address })).status;
      const statuses = [];
      for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8:0:0:9::3', '2001:db8:1::1', '192.0.2.1', '192.0.2.1', '192.0.2.1']) statuses.push(await from(address));
      expect(statuses).toEqual([200, 200, 429, 200, 200, 200, 429]);
    } finally {
      await app.stop();
    }
  });
});
