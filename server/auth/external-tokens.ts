import type { FastifyBaseLogger } from 'fastify';
import { decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import type { Config } from '../config.js';
import type { Role } from '../graphql.generated.js';
import { mediaType, type ExternalKey, type ExternalSettings } from './external-settings.js';
import { needsAccount, permissionsOf } from './permissions.js';
import { scopeOf, type SignedInViewer } from './viewer.js';

/** Clocks of two machines differ a little; an expiry is an expiry all the same. */
const CLOCK_TOLERANCE_SECONDS = 5;
const MAX_NAME_LENGTH = 200;
/** Headers by which a token brings its own key, or rules that we do not know. */
const notFromTokens = ['jwk', 'jku', 'x5u', 'x5c', 'crit'] as const;
/** Base64url without padding: of several spellings of one token, one is a token. */
const JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const ID = /^[1-9][0-9]{0,9}$/;

type ExternalConfig = Pick<Config, 'JWT_ISSUER' | 'JWT_AUDIENCE' | 'VIEWER_SEES_MONEY'>;

/** Why a token opens nothing: for the log of whoever configures the issuer, never for the client. */
class Refused extends Error {}

/**
 * Tokens that an identity provider of the installation has signed. They are of no account: role and tenant come from their claims,
 * and what is kept under an account's name is not for them.
 */
export class ExternalTokens {
  constructor(
    private readonly config: ExternalConfig,
    private readonly settings: ExternalSettings,
  ) {}

  /** Who comes with this token; null when it opens nothing, for whatever reason. */
  async viewerOf(token: string, now: Date, log?: FastifyBaseLogger): Promise<SignedInViewer | null> {
    try {
      return this.#viewer(await this.#verified(token, now));
    } catch (error) {
      log?.debug({ reason: error instanceof Error ? error.message : 'unknown' }, 'a token issued elsewhere was refused');
      return null;
    }
  }

  async #verified(token: string, now: Date): Promise<JWTPayload> {
    if (!JWS.test(token)) throw new Refused('it is no signed JWT');
    const header = decodeProtectedHeader(token);
    if (notFromTokens.some((name) => name in header)) throw new Refused('it brings a key or rules of its own');
    if (typeof header.typ !== 'string' || !this.settings.types.includes(mediaType(header.typ))) throw new Refused('typ is none of JWT_TYPES');
    const candidates = this.#keysFor(header.alg, header.kid);
    for (const [index, { key, algorithm }] of candidates.entries()) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [algorithm], issuer: this.config.JWT_ISSUER, audience: this.config.JWT_AUDIENCE,
          currentDate: now, clockTolerance: CLOCK_TOLERANCE_SECONDS, requiredClaims: ['exp', 'sub'],
        });
        if ((payload.exp ?? 0) * 1000 <= now.getTime()) throw new Refused('it has expired');
        return payload;
      } catch (error) {
        // Keys given as PEM have no names, so another one may be the right one.
        if (index === candidates.length - 1) throw error;
      }
    }
    throw new Refused('no key of ours has this algorithm and kid');
  }

  /** A kid is looked up in our own list and nowhere else; the algorithm is that of the key, not the token's choice. */
  #keysFor(alg: unknown, kid: unknown): ExternalKey[] {
    return this.settings.keys.filter((key) => key.algorithm === alg && (key.kid === null || key.kid === kid));
  }

  #viewer(claims: JWTPayload): SignedInViewer {
    const { sub } = claims;
    if (typeof sub !== 'string' || readable(sub) === '') throw new Refused('sub is missing');
    const role = this.#roleIn(claims);
    const [partnerId, companyId] = [idIn(claims, this.settings.partnerClaim), idIn(claims, this.settings.companyClaim)];
    // A tenant where the role has none is a misunderstanding between issuer and configuration, and the wide reading of it is the dangerous one.
    if ((partnerId !== null) !== (role === 'PARTNER') || (companyId !== null) !== (role === 'COMPANY')) {
      throw new Refused(`the claims of partner and company do not fit the role ${role}`);
    }
    const scope = scopeOf(role, { partnerId, companyId });
    if (scope === null) throw new Refused(`the role ${role} needs its partner or company`);
    const subject = readable(sub);
    return {
      kind: 'account', accountId: 0, sessionId: '', email: `external:${subject}`,
      displayName: typeof claims['name'] === 'string' ? readable(claims['name']) || subject : subject,
      role, permissions: new Set([...permissionsOf(role, this.config)].filter((permission) => !needsAccount.has(permission))),
      scope, credential: { kind: 'external-token', subject },
    };
  }

  /** Exactly one of the issuer's roles means one of ours. */
  #roleIn(claims: JWTPayload): Role {
    const value = valueAt(claims, this.settings.roleClaim);
    const named = (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((name) => (typeof name === 'string' ? (this.settings.roleMap.get(name) ?? []) : []));
    const [role] = named;
    if (role === undefined || named.some((other) => other !== role)) throw new Refused(`${this.settings.roleClaim.join('.')} names none of our roles, or several`);
    return role;
  }
}

function valueAt(claims: JWTPayload, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (
    typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
  ), claims);
}

/** The id of a tenant; null where the claim is missing. */
function idIn(claims: JWTPayload, path: readonly string[]): number | null {
  const value = valueAt(claims, path);
  if (value === undefined || value === null) return null;
  if ((typeof value !== 'string' && typeof value !== 'number') || !ID.test(String(value))) throw new Refused(`${path.join('.')} is no id`);
  return Number(value);
}

/** What people and the audit log are shown of a text that its bearer may have chosen. */
function readable(text: string): string {
  return [...text.replaceAll(/\p{C}/gu, '').trim()].slice(0, MAX_NAME_LENGTH).join('');
}
