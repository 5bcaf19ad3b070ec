import type { Role } from '../../api/generated/graphql';
import type { Account, Session } from './queries';

/** The roles in the order in which they see less. */
export const roles = ['ADMIN', 'ANALYST', 'VIEWER', 'PARTNER', 'COMPANY'] as const satisfies readonly Role[];

/** What a role may do, in a line. */
export const roleHint: Record<Role, string> = {
  ADMIN: 'Everything: rows, imports, accounts.',
  ANALYST: 'Reads everything, changes nothing.',
  VIEWER: 'Reads everything but what the installation hides from it, such as money.',
  PARTNER: 'Reads its own licences, its companies and their users.',
  COMPANY: 'Reads the licences and users of one company.',
};

/** What the account is confined to; null: nothing. */
export const scopeOf = ({ partner, company }: Pick<Account, 'partner' | 'company'>): string | null => partner?.name ?? company?.name ?? null;

const browsers: readonly [RegExp, string][] = [[/\bEdg/, 'Edge'], [/\bFirefox\//, 'Firefox'], [/\b(?:Headless)?Chrom(?:e|ium)\//, 'Chrome'], [/\bSafari\//, 'Safari']];
const systems: readonly [RegExp, string][] = [[/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X|Macintosh/, 'macOS'], [/Linux|X11/, 'Linux']];

const found = (list: readonly [RegExp, string][], text: string) => list.find(([pattern]) => pattern.test(text))?.[1];

/** What a session runs in: browser and system where they can be told, else what the program calls itself. */
export function deviceOf({ userAgent }: Pick<Session, 'userAgent'>): string {
  if (!userAgent) return 'Unknown program';
  const browser = found(browsers, userAgent);
  const system = found(systems, userAgent);
  if (browser) return system ? `${browser} on ${system}` : browser;
  return userAgent.split(' ')[0] ?? userAgent;
}
