import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** Header and claims of a token that is right in everything. */
export interface TokenParts {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/** How the text of a token is signed. */
export type Signer = (text: string) => string;

export const hmac = (secret: string | Buffer, hash = 'sha256'): Signer => (text) => createHmac(hash, secret).update(text).digest('base64url');
export const rs256 = (key: KeyObject): Signer => (text) => sign('sha256', Buffer.from(text), key).toString('base64url');
export const es256 = (key: KeyObject): Signer => (text) => sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');

const part = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token made by hand: whatever is given is put into it. */
export function forge({ header, claims }: TokenParts, signer: Signer): string {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${signer(text)}`;
}

export const rsaPair = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength });
export const ecPair = (namedCurve = 'P-256') => generateKeyPairSync('ec', { namedCurve });
export const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
export const jwkOf = (key: KeyObject, more: Record<string, unknown> = {}): Record<string, unknown> => ({ ...key.export({ format: 'jwk' }), ...more });

/** What an attacker knows and has. */
export interface Attack {
  good: TokenParts;
  /** Signs as the owner of the key does. */
  owner: Signer;
  /** The public half, where there is one: everybody has it. */
  publicKey: KeyObject | null;
  /** Where a `jku` or `x5u` leads that the attacker answers. */
  url: string;
}

const stranger = rsaPair();
const strangerEc = ecPair();

/** Attacks by name; a valid signature of the owner is on those that only change what is said. */
export function attacksOn({ good, owner, publicKey, url }: Attack): Record<string, string> {
  const seconds = Math.floor(Date.now() / 1000);
  const signed = (header: Record<string, unknown>, claims: Record<string, unknown> = {}, signer = owner) =>
    forge({ header: { ...good.header, ...header }, claims: { ...good.claims, ...claims } }, signer);
  const valid = forge(good, owner);
  const [head = '', body = '', signature = ''] = valid.split('.');
  const none = ['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg) => {
    const bare = signed({ alg }, {}, () => '');
    return [[`alg ${alg} unsigned`, bare], [`alg ${alg} with the good signature`, `${bare}${signature}`]] as const;
  });
  const secrets: [string, string | Buffer][] = publicKey === null ? [] : [
    ['the PEM', pemOf(publicKey)], ['the PEM without its last line break', pemOf(publicKey).trimEnd()], ['the PEM on one line', pemOf(publicKey).replaceAll('\n', '')],
    ['the PEM with \\n', pemOf(publicKey).replaceAll('\n', '\\n')], ['the DER', publicKey.export({ type: 'spki', format: 'der' })], ['the JWK', JSON.stringify(jwkOf(publicKey))],
  ];
  const confusions = secrets.flatMap(([name, secret]) => [
    [`HS256 with ${name} as the secret`, signed({ alg: 'HS256' }, {}, hmac(secret))],
    [`HS512 with ${name} as the secret`, signed({ alg: 'HS512' }, {}, hmac(secret, 'sha512'))],
    [`HS256 with ${name} as the secret and no kid`, signed({ alg: 'HS256', kid: undefined }, {}, hmac(secret))],
  ] as [string, string][]);
  const kids: [string, unknown][] = [
    ['a path to an empty file', '../../../../../../dev/null'], ['a path to a file of ours', '../package.json'], ['SQL', "x' union select 'secret' -- "], ['another name', 'nobody-knows'],
    ['a command', '| touch /tmp/owned'], ['a URL', url], ['__proto__', '__proto__'], ['constructor', 'constructor'], ['a number', 7], ['null', null], ['a list', ['one']], ['an object', { a: 1 }],
    ['nothing', ''], ['a NUL', 'one\0'], ['much', 'k'.repeat(3000)],
  ];
  const kidTricks = kids.flatMap(([name, kid]) => [
    [`kid is ${name}, signed with an empty secret`, signed({ alg: 'HS256', kid }, {}, hmac(''))],
    [`kid is ${name}, signed by a stranger`, signed({ alg: 'RS256', kid }, {}, rs256(stranger.privateKey))],
    [`kid is ${name}, signed with it`, signed({ alg: 'HS256', kid }, {}, hmac(String(kid)))],
  ] as [string, string][]);
  const strangers: [string, string][] = [
    ['a stranger, RS256', signed({ alg: 'RS256' }, {}, rs256(stranger.privateKey))], ['a stranger, ES256', signed({ alg: 'ES256' }, {}, es256(strangerEc.privateKey))],
    ['a stranger with his key in jwk', signed({ alg: 'RS256', jwk: jwkOf(stranger.publicKey) }, {}, rs256(stranger.privateKey))],
    ['a stranger with his key in jwk, ES256', signed({ alg: 'ES256', jwk: jwkOf(strangerEc.publicKey) }, {}, es256(strangerEc.privateKey))],
    ['a stranger with his keys at jku', signed({ alg: 'RS256', jku: url, kid: 'evil' }, {}, rs256(stranger.privateKey))],
    ['a stranger with his keys at x5u', signed({ alg: 'RS256', x5u: url }, {}, rs256(stranger.privateKey))],
    ['a stranger with his certificate in x5c', signed({ alg: 'RS256', x5c: [Buffer.from(pemOf(stranger.publicKey)).toString('base64')] }, {}, rs256(stranger.privateKey))],
    ['an ES256 signature of zeros', signed({ alg: 'ES256' }, {}, () => Buffer.alloc(64).toString('base64url'))],
  ];
  const owners: [string, string][] = [
    ['the owner, who brings a key in jwk', signed({ jwk: jwkOf(stranger.publicKey) })], ['the owner, who leads to jku', signed({ jku: url })], ['the owner, who leads to x5u', signed({ x5u: url })],
    ['the owner, with a rule that nobody knows', signed({ crit: ['x'], x: 1 })], ['the owner, with an unencoded body', signed({ crit: ['b64'], b64: false })],
    ['another issuer', signed({}, { iss: 'https://elsewhere.example' })], ['our issuer among others', signed({}, { iss: [good.claims['iss'], 'x'] })], ['no issuer', signed({}, { iss: undefined })],
    ['another audience', signed({}, { aud: 'elsewhere' })], ['no audience', signed({}, { aud: undefined })], ['an empty list of audiences', signed({}, { aud: [] })],
    ['typ of an ID token', signed({ typ: 'id+jwt' })], ['typ of a logout token', signed({ typ: 'logout+jwt' })], ['no typ', signed({ typ: undefined })], ['typ as a list', signed({ typ: [good.header['typ']] })],
    ['expired', signed({}, { exp: seconds - 1 })], ['expired long ago', signed({}, { exp: 1 })], ['no expiry', signed({}, { exp: undefined })], ['expiry as text', signed({}, { exp: String(seconds + 600) })],
    ['expiry null', signed({}, { exp: null })], ['not yet valid', signed({}, { nbf: seconds + 600 })], ['no subject', signed({}, { sub: undefined })], ['an empty subject', signed({}, { sub: '' })],
    ['a subject that is a number', signed({}, { sub: 7 })], ['claims that are a list', forge({ header: good.header, claims: [good.claims] as never }, owner)],
    ['claims that are text', forge({ header: good.header, claims: 'claims' as never }, owner)],
  ];
  const broken: [string, string][] = [
    ['without its signature', `${head}.${body}`], ['with an empty signature', `${head}.${body}.`], ['without its end', valid.slice(0, -5)], ['its first half', valid.slice(0, valid.length / 2)],
    ['its header', head], ['only dots', '..'], ['one part too many', `${valid}.${body}`], ['five parts, as if it were encrypted', `${head}.${body}.${body}.${body}.${signature}`],
    ['claims of another', `${head}.${part({ ...good.claims, sub: '1', role: 'ADMIN' })}.${signature}`], ['in base64 with padding', `${valid}==`],
    ['a header that is no JSON', `${part('{"alg":')}.${body}.${signature}`], ['the prefix of an API token before it', `swt_${valid}`],
    ['huge, signed', signed({}, { padding: 'x'.repeat(9000) })], ['huge, without any dot', 'a'.repeat(12_000)], ['huge, all dots', '.'.repeat(12_000)],
  ];
  return Object.fromEntries([...none, ...confusions, ...kidTricks, ...strangers, ...owners, ...broken]);
}
