import type { Admin, AuditedMutation } from './call.js';
import { newLicense } from './rows.js';

const faults = 'userErrors { code message }';

/** A row of this kind that was deleted. */
const deleted = (type: string, input: string) => async (admin: Admin): Promise<Record<string, unknown>> => {
  const { row } = await admin(`mutation { result: create${type}(input: ${input}) { row: ${type.toLowerCase()} { id etag } userErrors { message } } }`);
  return remove(admin, type, row);
};

async function remove(admin: Admin, type: string, row: { id: string; etag: string }): Promise<Record<string, unknown>> {
  await admin(`mutation($id: ID!, $etag: String!) { result: delete${type}(id: $id, etag: $etag) { userErrors { message } } }`, row);
  return { id: row.id };
}

const restore = (type: string, prepare: AuditedMutation['prepare']): Record<string, AuditedMutation> => ({
  [`restore${type}`]: { entity: type, ...(prepare && { prepare }), query: `mutation($id: ID!) { result: restore${type}(id: $id) { ${faults} } }` },
});

/** What brings something back. */
export const history: Record<string, AuditedMutation> = {
  ...restore('License', async (admin) => remove(admin, 'License', await newLicense(admin))),
  ...restore('Company', deleted('Company', '{ name: "Gone" }')),
  ...restore('Partner', deleted('Partner', '{ name: "Gone" }')),
  ...restore('Product', deleted('Product', '{ code: "GONE", label: "Gone" }')),
  revertLicense: {
    entity: 'License',
    prepare: async (admin) => {
      const { id, etag } = await newLicense(admin);
      const { license } = await admin('mutation($id: ID!, $etag: String!) { result: updateLicense(id: $id, etag: $etag, input: { seats: 9 }) { license { etag history(first: 1) { nodes { id } } } userErrors { message } } }', { id, etag });
      return { id, etag: license.etag, entryId: license.history.nodes[0].id };
    },
    query: `mutation($id: ID!, $etag: String!, $entryId: ID!) { result: revertLicense(id: $id, etag: $etag, entryId: $entryId) { ${faults} } }`,
  },
};
