import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { attacksOn, ecPair, es256, forge, hmac, jwkOf, rs256, rsaPair, type Attack, type TokenParts } from '../support/forged-tokens.js';
import { round } from '../support/rows.js';

const SECRET = 'a secret of the tests, long enough for HS256';
const [first, second, curve] = [rsaPair(), rsaPair(), ecPair()];
const seconds = () => Math.floor(Date.now() / 1000);
const issuer = 'https://login.example';
const elsewhere = (kid: string, alg: string): TokenParts => ({
  header: { alg, typ: 'at+jwt', kid },
  claims: { iss: issuer, aud: ['seatwise', 'another'], sub: 'machine-7', iat: seconds(), exp: seconds() + 600, role: 'ANALYST' },
});

onEachDatabase('forged tokens', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-keys-'));
  let app: TestApp;
  let trap: Server;
  let asked = 0;
  beforeAll(async () => {
    trap = createServer((_, response) => {
      asked += 1;
      response.end('{"keys":[]}');
    });
    await new Promise<void>((resolve) => { trap.listen(0, '127.0.0.1', resolve); });
    const keys = [jwkOf(first.publicKey, { kid: 'one', use: 'sig', alg: 'RS256' }), jwkOf(second.publicKey, { kid: 'two' }), jwkOf(curve.publicKey, { kid: 'curve' })];
    writeFileSync(join(folder, 'jwks.json'), JSON.stringify({ keys }));
    app = await startTestApp(kind, {
      rows: { partner: [{ id: 1, partner_name: 'P1' }], company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }], product: [{ id: 1, code: 'SUB', label: 'Sub' }], license: [round({ id: 1, company_id: 1 })] },
      environment: { JWT_SECRET: SECRET, JWT_JWKS_FILE: join(folder, 'jwks.json'), JWT_ISSUER: issuer },
    });
  });
  afterAll(async () => {
    await app.stop();
    await new Promise((resolve) => trap.close(resolve));
    rmSync(folder, { recursive: true });
  });

  /** The answer to a question, with what differs in every answer taken out; null: as the token's owner. */
  async function answerTo(token: string, path = '/graphql'): Promise<{ status: number; body: unknown; headers: string[] }> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = path === '/graphql'
      ? await fetch(`${app.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: '{ viewer { role } licenses { totalCount } }' }) })
      : await fetch(`${app.url}${path}`, { headers });
    const text = (await response.text()).replace(/"requestId":"[0-9a-f-]{36}"/g, '"requestId":"…"');
    return { status: response.status, body: JSON.parse(text), headers: [...response.headers.keys()].filter((name) => name !== 'keep-alive').sort() };
  }
  const own = async (): Promise<TokenParts> => {
    const [header = '', claims = ''] = (await app.tokenOf('admin')).split('.');
    const decoded = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
    return { header: decoded(header), claims: decoded(claims) };
  };
  const url = () => `http://127.0.0.1:${(trap.address() as AddressInfo).port}/keys.json`;

  it.each([
    ['RS256', 'one', rs256(first.privateKey)], ['RS256 with the next key', 'two', rs256(second.privateKey)], ['ES256', 'curve', es256(curve.privateKey)],
  ])('a good token of elsewhere opens what it says: %s', async (alg, kid, signer) => {
    const answer = await answerTo(forge(elsewhere(kid, alg.slice(0, 5)), signer));
    expect(answer).toMatchObject({ status: 200, body: { data: { viewer: { role: 'ANALYST' }, licenses: { totalCount: 1 } } } });
  });

  it('a token of ours made by hand with the right secret is ours', async () => {
    expect(await answerTo(forge(await own(), hmac(SECRET)))).toMatchObject({ status: 200, body: { data: { viewer: { role: 'ADMIN' } } } });
  });

  const targets: [string, () => Promise<Attack>][] = [
    ['our own tokens', async () => ({ good: await own(), owner: hmac(SECRET), publicKey: first.publicKey, url: url() })],
    ['tokens of elsewhere, RS256', async () => ({ good: elsewhere('one', 'RS256'), owner: rs256(first.privateKey), publicKey: first.publicKey, url: url() })],
    ['tokens of elsewhere, ES256', async () => ({ good: elsewhere('curve', 'ES256'), owner: es256(curve.privateKey), publicKey: curve.publicKey, url: url() })],
  ];
  describe.each(targets)('%s', (_, target) => {
    it('answer to every attack as to no token at all', async () => {
      const refused = await answerTo('x');
      expect(refused).toMatchObject({ status: 200, body: { errors: [{ message: 'Sign in to ask for this.', extensions: { code: 'UNAUTHENTICATED', requestId: '…' } }] } });
      const file = await answerTo('x', '/exports/licenses.csv');
      expect(file).toMatchObject({ status: 401, body: { errors: [{ message: 'Sign in to ask for this.', extensions: { code: 'UNAUTHENTICATED', requestId: '…' } }] } });
      const attacks = Object.entries(attacksOn(await target()));
      expect(attacks.length).toBeGreaterThan(90);
      const different: unknown[] = [];
      for (const [name, token] of attacks) {
        const answers = [await answerTo(token), await answerTo(token, '/exports/licenses.csv')];
        if (JSON.stringify(answers) !== JSON.stringify([refused, file])) different.push([name, answers]);
      }
      expect(different).toEqual([]);
      expect(asked).toBe(0);
    }, 60_000);
  });

  it('one kind of token does not pass for another', async () => {
    const refused = await answerTo('x');
    const confused = [
      // Ours, signed with a key of elsewhere, and the other way round.
      forge({ ...(await own()), header: { alg: 'RS256', typ: 'at+jwt', kid: 'one' } }, rs256(first.privateKey)),
      forge({ ...elsewhere('one', 'RS256'), header: { alg: 'HS256', typ: 'at+jwt' } }, hmac(SECRET)),
      // One key of the list under the name of another, and under the algorithm of another kind of key.
      forge(elsewhere('two', 'RS256'), rs256(first.privateKey)), forge(elsewhere('curve', 'RS256'), rs256(first.privateKey)), forge(elsewhere('one', 'ES256'), es256(curve.privateKey)),
      forge({ ...elsewhere('one', 'RS256'), header: { alg: 'RS256', typ: 'at+jwt' } }, rs256(first.privateKey)),
    ];
    for (const token of confused) expect(await answerTo(token)).toEqual(refused);
  });

  it('headers too large to be read are answered in the same words', async () => {
    for (const size of [20_000, 1_000_000]) {
      const { status, body } = await answerTo('a'.repeat(size));
      expect([status, body]).toEqual([431, { errors: [{ message: 'Sign in to ask for this.', extensions: { code: 'UNAUTHENTICATED', requestId: '…' } }] }]);
    }
    expect(await answerTo('x')).toMatchObject({ status: 200 });
  });

  it('API tokens made up answer the same', async () => {
    const refused = await answerTo('x');
    const random = 'A'.repeat(43);
    const made = [
      `swt_${random}`, 'swt_', `swt_${random}A`, `swt_${random.slice(1)}`, `swt_${random.slice(1)}+`, `SWT_${random}`, `swt_${"' or 1=1 --".padEnd(43, 'x').replaceAll(' ', '_')}`,
      `swt_${'%00'.repeat(14)}x`, `swt_${random}`.toUpperCase(), `${'a'.repeat(64)}`, `swt_${'x'.repeat(8000)}`,
    ];
    for (const token of made) expect([token, await answerTo(token)]).toEqual([token, refused]);
  });
});
