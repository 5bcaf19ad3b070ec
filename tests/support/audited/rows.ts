import type { Admin, AuditedMutation } from './call.js';

const faults = 'userErrors { code message }';

/** A new licence and what it needs, of which nothing else makes use. */
export async function newLicense(admin: Admin): Promise<{ id: string; etag: string }> {
  const { company } = await admin('mutation { result: createCompany(input: { name: "Owner" }) { company { id } userErrors { message } } }');
  const code = `T${company.id}`;
  const { product } = await admin('mutation($code: String!) { result: createProduct(input: { code: $code, label: "Thing" }) { product { id } userErrors { message } } }', { code });
  const { license } = await admin('mutation($input: CreateLicenseInput!) { result: createLicense(input: $input) { license { id etag } userErrors { message } } }', {
    input: { companyId: company.id, productId: product.id, startDate: '2026-01-01', seats: 5, unitCost: '10', currency: 'EUR' },
  });
  return license;
}

const made = (type: string, input: string) => async (admin: Admin): Promise<{ id: string; etag: string }> =>
  (await admin(`mutation { result: create${type}(input: ${input}) { row: ${type.toLowerCase()} { id etag } userErrors { message } } }`)).row;

/** Create, update and delete of one kind of row. */
function kind(type: string, input: string, change: string, make: (admin: Admin) => Promise<{ id: string; etag: string }>): Record<string, AuditedMutation> {
  return {
    [`update${type}`]: {
      entity: type, prepare: make, query: `mutation($id: ID!, $etag: String!) { result: update${type}(id: $id, etag: $etag, input: ${change}) { ${faults} } }`,
    },
    [`delete${type}`]: { entity: type, prepare: make, query: `mutation($id: ID!, $etag: String!) { result: delete${type}(id: $id, etag: $etag) { ${faults} } }` },
    ...(input === '' ? {} : { [`create${type}`]: { entity: type, query: `mutation { result: create${type}(input: ${input}) { ${faults} } }` } }),
  };
}

const price = (slug: string) => `{ productSlug: "${slug}", amount: "9.90", currency: "EUR", validFrom: "2026-01-01" }`;

/** Rows of the customer's tables, and prices. */
export const rows: Record<string, AuditedMutation> = {
  ...kind('License', '', '{ seats: 6 }', newLicense),
  createLicense: {
    entity: 'License', query: `mutation { result: createLicense(input: { companyId: 1, productId: 1, startDate: "2026-01-01", seats: 5, unitCost: "10", currency: "EUR" }) { ${faults} } }`,
  },
  ...kind('Company', '{ name: "C" }', '{ active: false }', made('Company', '{ name: "C" }')),
  ...kind('Partner', '{ name: "P" }', '{ name: "Q" }', made('Partner', '{ name: "P" }')),
  ...kind('Product', '{ code: "NEW", label: "New" }', '{ label: "Newer" }', (admin) => made('Product', `{ code: "P${String(Math.random()).slice(2, 9)}", label: "L" }`)(admin)),
  ...kind('Price', price('one'), '{ amount: "8.90" }', (admin) => made('Price', price(`p${String(Math.random()).slice(2)}`))(admin)),
};
