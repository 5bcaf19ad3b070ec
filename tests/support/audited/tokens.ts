import type { Admin, AuditedMutation } from './call.js';

const faults = 'userErrors { code message }';

async function newToken(admin: Admin): Promise<Record<string, unknown>> {
  const { apiToken } = await admin('mutation { result: createApiToken(input: { name: "Audited", role: VIEWER, expiresInDays: 1 }) { apiToken { id } userErrors { message } } }');
  return { id: apiToken.id };
}

/** API tokens. */
export const tokens: Record<string, AuditedMutation> = {
  createApiToken: { entity: 'ApiToken', query: `mutation { result: createApiToken(input: { name: "New", role: ADMIN, expiresInDays: 1 }) { ${faults} } }` },
  revokeOwnApiToken: { entity: 'ApiToken', prepare: newToken, query: `mutation($id: ID!) { result: revokeOwnApiToken(id: $id) { ${faults} } }` },
  revokeApiToken: { entity: 'ApiToken', prepare: newToken, query: `mutation($id: ID!) { result: revokeApiToken(id: $id) { ${faults} } }` },
};
