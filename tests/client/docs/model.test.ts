import { describe, expect, test } from '@jest/globals';

import { hrefOf, readModel } from '../../../client/pages/docs/model';
import { searchDocs } from '../../../client/pages/docs/search';

const model = readModel(`
  directive @requires(permission: Permission!) on FIELD_DEFINITION
  enum Permission { "Read licences." READ_LICENSES }
  type Query {
    "Licences, page by page."
    licenses("Page size." first: Int = 50, filter: LicenseFilter): [License!]! @requires(permission: READ_LICENSES)
  }
  type Mutation { signOut: Boolean @deprecated(reason: "Close the window.") }
  "A round."
  type License { "Seats of the round." seats: Int! cost: Int @requires(permission: READ_LICENSES) owner: Owner }
  union Owner = License
  input LicenseFilter { "At least so many." seats: Int = 1 and: [LicenseFilter!] }
  scalar Date
`);

describe('the model of the docs', () => {
  test('has root fields with arguments, defaults and permissions', () => {
    expect(model.queries).toEqual([{
      name: 'licenses', type: '[License!]!', typeName: 'License', description: 'Licences, page by page.', permission: 'READ_LICENSES', deprecated: null,
      args: [
        { name: 'first', type: 'Int', typeName: 'Int', defaultValue: '50', description: 'Page size.', permission: null },
        { name: 'filter', type: 'LicenseFilter', typeName: 'LicenseFilter', defaultValue: null, description: '', permission: null },
      ],
    }]);
    expect(model.changes).toMatchObject([{ name: 'signOut', deprecated: 'Close the window.' }]);
  });

  test('has every type but the roots, by name, and where each is used', () => {
    expect([...model.types.keys()]).toEqual(['Date', 'License', 'LicenseFilter', 'Owner', 'Permission']);
    expect(model.types.get('License')).toMatchObject({ kind: 'object', description: 'A round.', usedBy: ['Query.licenses'] });
    expect(model.types.get('LicenseFilter')).toMatchObject({ kind: 'input', usedBy: ['Query.licenses(filter)', 'LicenseFilter.and'], inputs: [{ name: 'seats', defaultValue: '1' }, { name: 'and' }] });
    expect(model.types.get('Owner')).toMatchObject({ kind: 'union', members: ['License'], usedBy: ['License.owner'] });
    expect(model.types.get('Permission')?.values).toEqual([{ name: 'READ_LICENSES', description: 'Read licences.', permission: null }]);
  });

  test('gives each of them an address', () => {
    expect(['License', 'License.seats', 'Query.licenses', 'Query.licenses(filter)', 'Mutation.signOut'].map(hrefOf)).toEqual([
      '/docs/License', '/docs/License#seats', '/docs/Query.licenses', '/docs/Query.licenses', '/docs/Mutation.signOut',
    ]);
  });
});

describe('the search', () => {
  test('puts names before descriptions, whole ones first', () => {
    expect(searchDocs(model, 'License').hits.map(({ name }) => name)).toEqual(['License', 'Query.licenses', 'LicenseFilter', 'License.seats', 'License.cost', 'License.owner', 'LicenseFilter.seats', 'LicenseFilter.and', 'Permission.READ_LICENSES']);
    expect(searchDocs(model, 'page by').hits).toEqual([{ name: 'Query.licenses', kind: 'Query', description: 'Licences, page by page.', href: '/docs/Query.licenses' }]);
  });

  test('finds nothing of nothing', () => {
    expect([searchDocs(model, '  '), searchDocs(model, 'xyz')]).toEqual([{ hits: [], total: 0 }, { hits: [], total: 0 }]);
  });
});
