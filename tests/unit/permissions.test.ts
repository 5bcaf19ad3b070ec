import { describe, expect, it } from '@jest/globals';
import { isRole, permissionsOf } from '../../server/auth/permissions.js';
import type { Permission, Role } from '../../server/graphql.generated.js';

const reads: Permission[] = [
  'READ_ACTIVITY', 'READ_COMPANIES', 'READ_LICENSES', 'READ_PARTNERS', 'READ_PRODUCTS', 'READ_REPORTS', 'READ_USERS',
];
const writes: Permission[] = ['WRITE_COMPANIES', 'WRITE_LICENSES', 'WRITE_PARTNERS', 'WRITE_PRODUCTS'];
const installation: Permission[] = ['READ_PRICES', 'READ_PROVIDERS', 'READ_RATES'];
const administration: Permission[] = ['SYNC_PROVIDERS', 'WRITE_PRICES', 'WRITE_RATES', 'IMPORT_DATA', 'READ_AUDIT', 'MANAGE_ACCOUNTS'];
const oversight: Permission[] = ['READ_HISTORY', 'READ_QUALITY'];

describe('the role table', () => {
  it.each([
    ['ADMIN', true, ['USE_SESSION', 'EXPORT_DATA', 'INTROSPECT', 'READ_MONEY', ...reads, ...writes, ...installation, ...oversight, ...administration]],
    ['ADMIN', false, ['USE_SESSION', 'EXPORT_DATA', 'INTROSPECT', 'READ_MONEY', ...reads, ...writes, ...installation, ...oversight, ...administration]],
    ['ANALYST', false, ['USE_SESSION', 'EXPORT_DATA', 'INTROSPECT', 'READ_MONEY', ...reads, ...installation, ...oversight]],
    ['VIEWER', true, ['USE_SESSION', 'EXPORT_DATA', 'READ_MONEY', ...reads]],
    ['VIEWER', false, ['USE_SESSION', 'EXPORT_DATA', ...reads]],
    ['PARTNER', false, ['USE_SESSION', 'EXPORT_DATA', 'READ_MONEY', ...reads]],
    ['COMPANY', false, ['USE_SESSION', 'EXPORT_DATA', 'READ_MONEY', ...reads.filter((permission) => permission !== 'READ_PARTNERS')]],
  ] as [Role, boolean, Permission[]][])('%s, VIEWER_SEES_MONEY %s', (role, VIEWER_SEES_MONEY, expected) => {
    expect([...permissionsOf(role, { VIEWER_SEES_MONEY })].sort()).toEqual(expected.sort());
  });

  it('is not changed by what is done to an answer', () => {
    (permissionsOf('COMPANY', { VIEWER_SEES_MONEY: true }) as Set<Permission>).add('WRITE_LICENSES');
    expect(permissionsOf('COMPANY', { VIEWER_SEES_MONEY: true }).has('WRITE_LICENSES')).toBe(false);
  });

  it('knows no other names', () => {
    for (const name of ['', 'admin', 'OWNER', 'constructor', '__proto__', 'toString']) expect(isRole(name)).toBe(false);
  });
});
