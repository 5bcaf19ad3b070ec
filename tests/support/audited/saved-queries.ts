import type { Admin, AuditedMutation } from './call.js';

const kept = async (admin: Admin): Promise<{ id: string; etag: string }> =>
  (await admin('mutation { result: saveQuery(input: { name: "Q", document: "{ viewer { email } }" }) { savedQuery { id etag } userErrors { message } } }')).savedQuery;

const faults = 'userErrors { code message }';

/** Ad-hoc queries that are kept. */
export const savedQueries: Record<string, AuditedMutation> = {
  saveQuery: { entity: 'SavedQuery', query: `mutation { result: saveQuery(input: { name: "Q", document: "{ viewer { email } }" }) { ${faults} } }` },
  updateSavedQuery: {
    entity: 'SavedQuery', prepare: kept,
    query: `mutation($id: ID!, $etag: String!) { result: updateSavedQuery(id: $id, etag: $etag, input: { shared: true }) { ${faults} } }`,
  },
  deleteSavedQuery: { entity: 'SavedQuery', prepare: kept, query: `mutation($id: ID!, $etag: String!) { result: deleteSavedQuery(id: $id, etag: $etag) { ${faults} } }` },
};
