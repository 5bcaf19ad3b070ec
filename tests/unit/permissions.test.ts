import { describe, expect, it } from '@jest/globals';
import { rolesWithin, tokenPermissions, viewerOfToken, within } from '../../server/auth/narrowing.js';
import { isRole, permissionsOf } from '../../server/auth/permissions.js';
import type { Permission, Role } from '../../server/graphql.generated.js';

const reads: Permission[] = [
  'READ_ACTIVITY', 'READ_COMPANIES', 'READ_LICENSES', 'READ_PARTNERS', 'READ_PRODUCTS', 'READ_REPORTS', 'READ_USERS',
];
const writes: Permission[] = ['WRITE_COMPANIES', 'WRITE_LICENSES', 'WRITE_PARTNERS', 'WRITE_PRODUCTS'];
const installation: Permission[] = ['READ_PRICES', 'READ_PROVIDERS', 'READ_RATES'];
const administration: Permission[] = ['SYNC_PROVIDERS', 'WRITE_PRICES', 'WRITE_RATES', 'IMPORT_DATA', 'READ_AUDIT', 'MANAGE_ACCOUNTS'];
const oversight: Permission[] = ['READ_HISTORY', 'READ_QUALITY'];
const everybody: Permission[] = ['SEE_ONESELF', 'USE_SESSION', 'USE_API_TOKENS', 'EXPORT_DATA'];
const products: Permission[] = ['EMBED_DASHBOARDS', 'EXPLORE', 'WRITE_BRANDING'];

describe('the role table', () => {
  it.each([
    ['ADMIN', true, [...everybody, 'INTROSPECT', 'READ_MONEY', ...reads, ...writes, ...installation, ...oversight, ...administration, ...products]],
    ['ADMIN', false, [...everybody, 'INTROSPECT', 'READ_MONEY', ...reads, ...writes, ...installation, ...oversight, ...administration, ...products]],
    ['ANALYST', false, [...everybody, 'INTROSPECT', 'READ_MONEY', ...reads, ...installation, ...oversight, 'EXPLORE']],
    ['VIEWER', true, [...everybody, 'READ_MONEY', ...reads]],
    ['VIEWER', false, [...everybody, ...reads]],
    ['PARTNER', false, [...everybody, 'READ_MONEY', ...reads, 'EMBED_DASHBOARDS']],
    ['COMPANY', false, [...everybody, 'READ_MONEY', ...reads.filter((permission) => permission !== 'READ_PARTNERS')]],
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

describe('what tokens hold', () => {
  it('is of every role only what is not personal', () => {
    for (const role of ['ADMIN', 'ANALYST', 'VIEWER', 'PARTNER', 'COMPANY'] as const) {
      const held = permissionsOf(role, { VIEWER_SEES_MONEY: true });
      expect(tokenPermissions(role, { VIEWER_SEES_MONEY: true })).toEqual([...held].filter((name) => !['USE_SESSION', 'USE_API_TOKENS', 'MANAGE_ACCOUNTS'].includes(name)));
    }
  });

  it('is of their maker\'s role or one further down', () => {
    expect(rolesWithin('ADMIN')).toEqual(['ADMIN', 'ANALYST', 'VIEWER', 'PARTNER', 'COMPANY']);
    expect(rolesWithin('VIEWER')).toEqual(['VIEWER', 'PARTNER', 'COMPANY']);
    expect(rolesWithin('COMPANY')).toEqual(['COMPANY']);
  });

  it('is on the rows of both scopes', () => {
    const [everything, one, two] = [{ kind: 'everything' }, { kind: 'partner', partnerId: 1 }, { kind: 'partner', partnerId: 2 }] as const;
    const company = { kind: 'company', companyId: 1 } as const;
    expect([within(everything, everything), within(everything, one), within(one, everything), within(one, { ...one })]).toEqual([everything, one, one, one]);
    expect([within(one, two), within(company, one)]).toEqual([{ kind: 'all-of', scopes: [one, two] }, { kind: 'all-of', scopes: [company, one] }]);
  });

  it('is nothing without a maker who opens something, or a grant that can be read', () => {
    const maker = { accountId: 1, email: 'a@example.com', displayName: 'A', role: 'ADMIN', partnerId: null, companyId: null, disabled: 0 };
    const grant = { role: 'PARTNER', partnerId: 1, companyId: null, permissions: null };
    const viewer = (given: Partial<typeof grant>, by: Partial<typeof maker> = {}) =>
      viewerOfToken({ ...grant, ...given }, { ...maker, ...by }, { kind: 'api-token', id: 1, name: 'x' }, { DEMO: false, VIEWER_SEES_MONEY: true });
    expect(viewer({})).toMatchObject({ role: 'PARTNER', scope: { kind: 'partner', partnerId: 1 }, sessionId: '' });
    for (const given of [{ role: 'OWNER' }, { role: '' }, { partnerId: null as never }, { role: 'COMPANY' }]) expect(viewer(given)).toBeNull();
    for (const by of [{ disabled: 1 }, { role: 'OWNER' }, { role: 'PARTNER' }, { email: 'admin@seatwise.example' }]) expect(viewer({}, by)).toBeNull();
  });
});
