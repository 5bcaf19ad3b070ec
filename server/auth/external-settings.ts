import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Role } from '../graphql.generated.js';
import { isRole } from './permissions.js';

/** Signatures that a holder of a public key can check, one per kind of key. */
export type ExternalAlgorithm = 'RS256' | 'ES256';

/** A key that tokens issued elsewhere are signed with. */
export interface ExternalKey {
  /** What tokens call it by; null: keys that were given as PEM have no name. */
  kid: string | null;
  algorithm: ExternalAlgorithm;
  key: KeyObject;
}

/** What tokens issued elsewhere are checked against, and how their claims are read. */
export interface ExternalSettings {
  keys: readonly ExternalKey[];
  types: readonly string[];
  roleClaim: readonly string[];
  roleMap: ReadonlyMap<string, Role>;
  partnerClaim: readonly string[];
  companyClaim: readonly string[];
}

const claim = (fallback: string) => z.string().regex(/^[^.\s]+(\.[^.\s]+)*$/, 'must be a claim, or names that lead to it with dots between').default(fallback);
const roleMap = z.string().optional().transform((text, { addIssue }) => {
  if (text === undefined) return undefined;
  const entries = entriesIn(text);
  if (entries !== null && entries.length > 0 && entries.every(([, role]) => typeof role === 'string' && isRole(role))) return new Map(entries as [string, Role][]);
  addIssue({ code: 'custom', message: 'must be a JSON object from names of the issuer to ADMIN, ANALYST, VIEWER, PARTNER or COMPANY' });
  return z.NEVER;
});

/** The variables of the environment, for `server/config.ts`. */
export const externalVariables = {
  JWT_PUBLIC_KEY: z.string().optional(),
  JWT_PUBLIC_KEY_FILE: z.string().optional(),
  JWT_JWKS_FILE: z.string().optional(),
  JWT_TYPES: z.string().default('at+jwt,JWT'),
  JWT_ROLE_CLAIM: claim('role'),
  JWT_ROLE_MAP: roleMap,
  JWT_PARTNER_CLAIM: claim('partner_id'),
  JWT_COMPANY_CLAIM: claim('company_id'),
};

type Values = z.infer<z.ZodObject<typeof externalVariables>>;

const sources = ['JWT_PUBLIC_KEY', 'JWT_PUBLIC_KEY_FILE', 'JWT_JWKS_FILE'] as const;
const MINIMUM_RSA_BITS = 2048;

/** A key, or a file of keys, that cannot be used; the message is for whoever configures the server. */
class KeyFault extends Error {}

/** The settings; null: no token issued elsewhere opens anything. Pushes what is wrong on `faults`. */
export function externalSettings(values: Values, faults: string[]): ExternalSettings | null {
  const given = sources.filter((name) => values[name] !== undefined);
  const [source] = given;
  if (source === undefined) return null;
  if (given.length > 1) {
    faults.push(`${given.join(', ')}: give one of them`);
    return null;
  }
  try {
    return {
      keys: keysOf(source, values[source] ?? ''),
      types: values.JWT_TYPES.split(',').map(mediaType).filter(Boolean),
      roleClaim: values.JWT_ROLE_CLAIM.split('.'),
      roleMap: values.JWT_ROLE_MAP ?? new Map((['ADMIN', 'ANALYST', 'VIEWER', 'PARTNER', 'COMPANY'] as const).map((role) => [role, role])),
      partnerClaim: values.JWT_PARTNER_CLAIM.split('.'),
      companyClaim: values.JWT_COMPANY_CLAIM.split('.'),
    };
  } catch (error) {
    // The value itself is not told: somebody may have put a private key there.
    faults.push(`${source}: ${error instanceof KeyFault ? error.message : 'cannot be read'}`);
    return null;
  }
}

/** `application/at+JWT` and `at+jwt` are the same type. */
export function mediaType(type: string): string {
  return type.trim().toLowerCase().replace(/^application\//, '');
}

function keysOf(source: (typeof sources)[number], value: string): ExternalKey[] {
  if (source === 'JWT_JWKS_FILE') return jwksKeys(readFileSync(value, 'utf8'));
  // A variable of one line has its line breaks as backslash and n.
  return pemKeys(source === 'JWT_PUBLIC_KEY' ? value.replaceAll('\\n', '\n') : readFileSync(value, 'utf8'));
}

/** One or, while the issuer changes its key, several public keys one after the other. */
function pemKeys(text: string): ExternalKey[] {
  if (/PRIVATE KEY/.test(text)) throw new KeyFault('is a private key; give the public one');
  const blocks = text.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g) ?? [];
  if (blocks.length === 0) throw new KeyFault('must be a public key in PEM');
  return blocks.map((pem) => ({ kid: null, ...checked(() => createPublicKey(pem)) }));
}

function jwksKeys(text: string): ExternalKey[] {
  const set = objectIn(text)?.['keys'];
  if (!Array.isArray(set)) throw new KeyFault('must be a JSON Web Key Set');
  const keys = (set as JsonWebKey[]).filter((jwk) => jwk['use'] !== 'enc').map(jwksKey);
  if (keys.length === 0) throw new KeyFault('holds no key for signatures');
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) throw new KeyFault('names two keys alike');
  return keys;
}

function jwksKey(jwk: JsonWebKey): ExternalKey {
  const { kid, alg, d } = jwk as Record<string, unknown>;
  if (typeof kid !== 'string' || kid === '') throw new KeyFault('holds a key without kid');
  if (d !== undefined) throw new KeyFault('holds a private key; give the public ones');
  const { algorithm, key } = checked(() => createPublicKey({ key: jwk, format: 'jwk' }));
  if (alg !== undefined && alg !== algorithm) throw new KeyFault(`holds a key for another algorithm than ${algorithm}`);
  return { kid, algorithm, key };
}

/** The kind of key decides about the algorithm; the token never does. */
function checked(read: () => KeyObject): { algorithm: ExternalAlgorithm; key: KeyObject } {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw new KeyFault('holds something that is no public key');
  }
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && (modulusLength ?? 0) >= MINIMUM_RSA_BITS) return { algorithm: 'RS256', key };
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return { algorithm: 'ES256', key };
  throw new KeyFault(`must hold RSA keys of at least ${MINIMUM_RSA_BITS} bits (RS256) or keys on the curve P-256 (ES256)`);
}

function objectIn(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function entriesIn(json: string): [string, unknown][] | null {
  const object = objectIn(json);
  return object === null ? null : Object.entries(object);
}
