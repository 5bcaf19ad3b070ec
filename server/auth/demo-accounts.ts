import type { Role } from '../graphql.generated.js';

interface DemoAccount {
  email: string;
  displayName: string;
  role: Role;
  partnerId: number | null;
  companyId: number | null;
}

/** The accounts of the demo, all with DEMO_PASSWORD, which is public. */
export const demoAccounts: readonly DemoAccount[] = [
  { email: 'admin@seatwise.example', displayName: 'Demo administrator', role: 'ADMIN', partnerId: null, companyId: null },
  { email: 'analyst@seatwise.example', displayName: 'Demo analyst', role: 'ANALYST', partnerId: null, companyId: null },
  { email: 'viewer@seatwise.example', displayName: 'Demo viewer', role: 'VIEWER', partnerId: null, companyId: null },
  { email: 'partner@seatwise.example', displayName: 'Demo partner', role: 'PARTNER', partnerId: 1, companyId: null },
  { email: 'company@seatwise.example', displayName: 'Demo company', role: 'COMPANY', partnerId: null, companyId: 1 },
];

const emails: ReadonlySet<string> = new Set(demoAccounts.map(({ email }) => email));

/**
 * True for the address of a demo account. Data that was once a demo and is then served without DEMO still holds these
 * accounts and their public password, so outside the demo they open nothing.
 */
export function isDemoAccount(email: string): boolean {
  return emails.has(email);
}

/** The addresses that open nothing in this installation. */
export function closedAccounts({ DEMO }: { DEMO: boolean }): readonly string[] {
  return DEMO ? [] : [...emails];
}
