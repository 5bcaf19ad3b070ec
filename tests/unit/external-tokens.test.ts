import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ExternalTokens } from '../../server/auth/external-tokens.js';
import { ConfigError, readConfig } from '../../server/config.js';
import { ecPair, es256, forge, jwkOf, pemOf, rs256, rsaPair, type Signer } from '../support/forged-tokens.js';

const [rsa, next, curve] = [rsaPair(), rsaPair(), ecPair()];
const now = new Date('2026-03-01T12:00:00.500Z');
const seconds = Math.floor(now.getTime() / 1000);
const folder = mkdtempSync(join(tmpdir(), 'seatwise-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(text: string): string {
  files += 1;
  const path = join(folder, String(files));
  writeFileSync(path, text);
  return path;
}

function tokensOf(environment: Record<string, string>): ExternalTokens {
  const config = readConfig({ JWT_ISSUER: 'https://login.example', ...environment });
  if (config.externalTokens === null) throw new Error('no keys');
  return new ExternalTokens(config, config.externalTokens);
}

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

const good = { iss: 'https://login.example', aud: 'seatwise', sub: 'machine-7', exp: seconds + 60 };
const token = (claims: Record<string, unknown>, header: Record<string, unknown> = {}, signer: Signer = rs256(rsa.privateKey)) =>
  forge({ header: { alg: 'RS256', typ: 'JWT', ...header }, claims: { ...good, ...claims } }, signer);
const byPem = tokensOf({ JWT_PUBLIC_KEY: pemOf(rsa.publicKey) });
const roleOf = async (claims: Record<string, unknown>, tokens = byPem) => {
  const viewer = await tokens.viewerOf(token(claims), now);
  return viewer === null ? null : [viewer.role, viewer.scope];
};

describe('claims of tokens issued elsewhere', () => {
  it.each([
    [{ role: 'ADMIN' }, ['ADMIN', { kind: 'everything' }]],
    [{ role: 'VIEWER' }, ['VIEWER', { kind: 'everything' }]],
    [{ role: ['offline_access', 'ANALYST', 'ANALYST'] }, ['ANALYST', { kind: 'everything' }]],
    [{ role: 'PARTNER', partner_id: 5 }, ['PARTNER', { kind: 'partner', partnerId: 5 }]],
    [{ role: 'PARTNER', partner_id: '5' }, ['PARTNER', { kind: 'partner', partnerId: 5 }]],
    [{ role: 'COMPANY', company_id: 7, partner_id: null }, ['COMPANY', { kind: 'company', companyId: 7 }]],
    // Whatever is missing, doubtful or contradictory opens nothing: the wide reading would be the dangerous one.
    [{}, null], [{ role: '' }, null], [{ role: 'admin' }, null], [{ role: 'OWNER' }, null], [{ role: 7 }, null], [{ role: { ADMIN: true } }, null], [{ role: [] }, null],
    [{ role: ['ADMIN', 'VIEWER'] }, null], [{ role: 'constructor' }, null],
    [{ role: 'PARTNER' }, null], [{ role: 'COMPANY' }, null], [{ role: 'PARTNER', company_id: 7 }, null], [{ role: 'PARTNER', partner_id: 5, company_id: 7 }, null],
    [{ role: 'ADMIN', partner_id: 5 }, null], [{ role: 'VIEWER', company_id: 7 }, null],
    [{ role: 'PARTNER', partner_id: 0 }, null], [{ role: 'PARTNER', partner_id: -1 }, null], [{ role: 'PARTNER', partner_id: 1.5 }, null], [{ role: 'PARTNER', partner_id: '5 or 1=1' }, null],
    [{ role: 'PARTNER', partner_id: [5] }, null], [{ role: 'PARTNER', partner_id: true }, null], [{ role: 'PARTNER', partner_id: '' }, null], [{ role: 'PARTNER', partner_id: 1e10 }, null],
  ] as [Record<string, unknown>, unknown][])('%j are %j', async (claims, expected) => {
    expect(await roleOf(claims)).toEqual(expected);
  });

  it('are found and translated as configured', async () => {
    const tokens = tokensOf({
      JWT_PUBLIC_KEY: pemOf(rsa.publicKey), JWT_ROLE_CLAIM: 'realm_access.roles', JWT_PARTNER_CLAIM: 'tenant.reseller',
      JWT_ROLE_MAP: '{"licence-admin":"ADMIN","licence-reseller":"PARTNER","reseller":"PARTNER"}',
    });
    expect(await roleOf({ realm_access: { roles: ['uma', 'licence-admin'] } }, tokens)).toEqual(['ADMIN', { kind: 'everything' }]);
    expect(await roleOf({ realm_access: { roles: ['licence-reseller', 'reseller'] }, tenant: { reseller: 3 } }, tokens)).toEqual(['PARTNER', { kind: 'partner', partnerId: 3 }]);
    expect(await roleOf({ realm_access: { roles: ['ADMIN'] } }, tokens)).toBeNull();
    expect(await roleOf({ role: 'licence-admin' }, tokens)).toBeNull();
    expect(await roleOf({ realm_access: ['licence-admin'] }, tokens)).toBeNull();
  });

  it('make somebody without an account, who holds nothing that needs one', async () => {
    const viewer = await byPem.viewerOf(token({ role: 'ADMIN', name: ' Build\u202e server\n', email: 'admin@example.com' }), now);
    expect(viewer).toMatchObject({ accountId: 0, sessionId: '', email: 'external:machine-7', displayName: 'Build server', credential: { kind: 'external-token', subject: 'machine-7' } });
    for (const never of ['USE_SESSION', 'USE_API_TOKENS', 'MANAGE_ACCOUNTS', 'EMBED_DASHBOARDS', 'EXPLORE', 'IMPORT_DATA'] as const) expect(viewer?.permissions.has(never)).toBe(false);
    for (const held of ['SEE_ONESELF', 'READ_MONEY', 'WRITE_LICENSES', 'EXPORT_DATA', 'INTROSPECT'] as const) expect(viewer?.permissions.has(held)).toBe(true);
  });

  it('end when they say, and begin within five seconds of it', async () => {
    const at = async (claims: Record<string, unknown>) => (await byPem.viewerOf(token({ role: 'VIEWER', ...claims }), now)) !== null;
    expect([await at({ exp: seconds + 1 }), await at({ exp: seconds }), await at({ nbf: seconds + 5 }), await at({ nbf: seconds + 7 })]).toEqual([true, false, true, false]);
  });
});

describe('keys of elsewhere', () => {
  it('are one or two in PEM, whatever the token calls its key, while the issuer changes it', async () => {
    const both = tokensOf({ JWT_PUBLIC_KEY_FILE: file(`${pemOf(rsa.publicKey)}${pemOf(next.publicKey)}${pemOf(curve.publicKey)}`) });
    for (const pair of [rsa, next]) expect(await both.viewerOf(token({ role: 'VIEWER' }, { kid: 'x' }, rs256(pair.privateKey)), now)).toMatchObject({ role: 'VIEWER' });
    expect(await both.viewerOf(token({ role: 'VIEWER' }, { alg: 'ES256' }, es256(curve.privateKey)), now)).toMatchObject({ role: 'VIEWER' });
    expect(await byPem.viewerOf(token({ role: 'VIEWER' }, {}, rs256(next.privateKey)), now)).toBeNull();
    const oneLine = tokensOf({ JWT_PUBLIC_KEY: pemOf(rsa.publicKey).replaceAll('\n', '\\n') });
    expect(await oneLine.viewerOf(token({ role: 'VIEWER' }), now)).toMatchObject({ role: 'VIEWER' });
  });

  it('are called by their kid in a key set', async () => {
    const keys = [jwkOf(rsa.publicKey, { kid: 'a' }), jwkOf(next.publicKey, { kid: 'b', use: 'sig' }), jwkOf(curve.publicKey, { kid: 'c', use: 'enc' })];
    const set = tokensOf({ JWT_JWKS_FILE: file(JSON.stringify({ keys })) });
    const opens = async (header: Record<string, unknown>, signer: Signer) => (await set.viewerOf(token({ role: 'VIEWER' }, header, signer), now)) !== null;
    expect([await opens({ kid: 'a' }, rs256(rsa.privateKey)), await opens({ kid: 'b' }, rs256(next.privateKey))]).toEqual([true, true]);
    expect([
      await opens({ kid: 'b' }, rs256(rsa.privateKey)), await opens({}, rs256(rsa.privateKey)), await opens({ kid: 'A' }, rs256(rsa.privateKey)),
      // For encryption only.
      await opens({ kid: 'c', alg: 'ES256' }, es256(curve.privateKey)),
    ]).toEqual([false, false, false, false]);
  });

  it('carry the types that are configured', async () => {
    const strict = tokensOf({ JWT_PUBLIC_KEY: pemOf(rsa.publicKey), JWT_TYPES: 'at+jwt' });
    const opens = async (typ: unknown, tokens: ExternalTokens) => (await tokens.viewerOf(token({ role: 'VIEWER' }, { typ }), now)) !== null;
    expect([await opens('at+jwt', strict), await opens('application/at+JWT', strict), await opens('JWT', strict), await opens('JWT', byPem), await opens('id+jwt', byPem)]).toEqual([true, true, false, true, false]);
  });

  const privatePem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  it.each([
    ['a private key', { JWT_PUBLIC_KEY: privatePem }], ['a secret', { JWT_PUBLIC_KEY: 'a secret of good length, but a secret' }],
    ['a short RSA key', { JWT_PUBLIC_KEY: pemOf(rsaPair(1024).publicKey) }], ['another curve', { JWT_PUBLIC_KEY: pemOf(ecPair('P-384').publicKey) }],
    ['a broken PEM', { JWT_PUBLIC_KEY: pemOf(rsa.publicKey).replace('MII', 'XXX') }], ['a file that is not there', { JWT_PUBLIC_KEY_FILE: join(folder, 'missing') }],
    ['two sources', { JWT_PUBLIC_KEY: pemOf(rsa.publicKey), JWT_JWKS_FILE: 'x' }], ['a key set that is none', { JWT_JWKS_FILE: file('[]') }], ['an empty key set', { JWT_JWKS_FILE: file('{"keys":[]}') }],
    ['a key without kid', { JWT_JWKS_FILE: file(JSON.stringify({ keys: [jwkOf(rsa.publicKey)] })) }],
    ['two keys of one kid', { JWT_JWKS_FILE: file(JSON.stringify({ keys: [jwkOf(rsa.publicKey, { kid: 'a' }), jwkOf(next.publicKey, { kid: 'a' })] })) }],
    ['a private key in the set', { JWT_JWKS_FILE: file(JSON.stringify({ keys: [jwkOf(rsa.privateKey, { kid: 'a' })] })) }],
    ['a secret in the set', { JWT_JWKS_FILE: file(JSON.stringify({ keys: [{ kty: 'oct', kid: 'a', k: 'c2VjcmV0' }] })) }],
    ['a key for another algorithm', { JWT_JWKS_FILE: file(JSON.stringify({ keys: [jwkOf(rsa.publicKey, { kid: 'a', alg: 'RS512' })] })) }],
    ['a map to no role of ours', { JWT_PUBLIC_KEY: pemOf(rsa.publicKey), JWT_ROLE_MAP: '{"a":"OWNER"}' }], ['a map that is no JSON', { JWT_PUBLIC_KEY: pemOf(rsa.publicKey), JWT_ROLE_MAP: 'a=ADMIN' }],
    ['an empty map', { JWT_PUBLIC_KEY: pemOf(rsa.publicKey), JWT_ROLE_MAP: '{}' }], ['a claim with a blank', { JWT_PUBLIC_KEY: pemOf(rsa.publicKey), JWT_ROLE_CLAIM: 'a b' }],
  ] as [string, Record<string, string>][])('%s stops the start, and is not told', (_, environment) => {
    const faults = faultsOf(environment);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^JWT_/);
    expect(faults.join()).not.toMatch(/a secret of good|BEGIN|MII|c2VjcmV0|ENOENT/);
  });
});
