import { z } from 'zod';
import type { Viewer } from '../auth/viewer.js';
import type { Role } from '../graphql.generated.js';

/** Who has limits of their own: each role, tokens that show dashboards in other pages, and who has not signed in. */
export type LimitedRole = Role | 'EMBED' | 'ANONYMOUS';

/** How much one request, and all requests of a minute, may ask for. */
export interface Limits {
  /** Levels of fields below each other. */
  readonly depth: number;
  /** Aliases of one operation, those of a fragment as often as it is spread. */
  readonly aliases: number;
  /** Fields of one operation, those of a fragment as often as it is spread. */
  readonly fields: number;
  /** Names, marks and values of the whole text. */
  readonly tokens: number;
  /** Rows that one operation may bring, as estimated from `first` and the nesting of lists. */
  readonly cost: number;
  /** Size of an answer, in units of 1,048,576 bytes. */
  readonly resultMegabytes: number;
  /** Seconds after which the database cancels a statement. */
  readonly statementSeconds: number;
  /** Requests a minute of one account, whatever it signs in with. */
  readonly accountRequestsPerMinute: number;
  /** Requests a minute of one API, external or embed token. */
  readonly tokenRequestsPerMinute: number;
}

const roles: readonly LimitedRole[] = ['ADMIN', 'ANALYST', 'VIEWER', 'PARTNER', 'COMPANY', 'EMBED', 'ANONYMOUS'];

/** Who has not signed in can sign in, and ask whether a licence is in force: neither takes much. */
const builtIn: Partial<Record<LimitedRole, Partial<Limits>>> = {
  ANONYMOUS: { depth: 8, aliases: 10, fields: 250, tokens: 1000, cost: 1000, statementSeconds: 10 },
};

const whole = (maximum: number) => z.number().int().min(1).max(maximum).optional();

/** Bounds of each limit. A deeper or longer query would fill the stack of the parser before anything could refuse it. */
export const highest: Limits = {
  depth: 50, aliases: 1000, fields: 100_000, tokens: 100_000, cost: 100_000_000, resultMegabytes: 256, statementSeconds: 3600,
  accountRequestsPerMinute: 100_000_000, tokenRequestsPerMinute: 100_000_000,
};

const ofOneRole = z.strictObject(Object.fromEntries(Object.entries(highest).map(([name, maximum]) => [name, whole(maximum as number)])));

/** LIMITS_BY_ROLE: what differs from the limits for everybody, a JSON object of roles. */
export const limitsSetting = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.strictObject(Object.fromEntries(roles.map((role) => [role, ofOneRole.optional()]))))
  .default({});

export type LimitsByRole = Readonly<Record<LimitedRole, Limits>>;

/** The limits of every role: what is set for it, else the limits for everybody, lowered where a role needs little. */
export function limitsByRole(everybody: Limits, given: Readonly<Record<string, unknown>>): LimitsByRole {
  return Object.fromEntries(roles.map((role) => {
    const lowered = Object.entries(builtIn[role] ?? {}).map(([name, value]) => [name, Math.min(value, everybody[name as keyof Limits])]);
    return [role, { ...everybody, ...Object.fromEntries(lowered), ...(given[role] as Partial<Limits> | undefined) }];
  })) as unknown as LimitsByRole;
}

/** Whose limits a viewer has. */
export function limitedRoleOf(viewer: Viewer): LimitedRole {
  if (viewer.kind === 'anonymous') return 'ANONYMOUS';
  return viewer.credential.kind === 'embed-token' ? 'EMBED' : viewer.role;
}
