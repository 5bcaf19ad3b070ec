import type { AuditedMutation } from './call.js';

const faults = 'userErrors { code message }';
const create = 'createEmbedToken(dashboards: [OVERVIEW], allowedOrigins: ["https://portal.example"])';

/** Tokens that show dashboards in other pages. */
export const embed: Record<string, AuditedMutation> = {
  createEmbedToken: { entity: 'EmbedToken', query: `mutation { result: ${create} { ${faults} } }` },
  revokeEmbedToken: {
    entity: 'EmbedToken',
    prepare: async (admin) => ({ id: (await admin(`mutation { result: ${create} { embedToken { id } userErrors { message } } }`)).embedToken.id }),
    query: `mutation($id: ID!) { result: revokeEmbedToken(id: $id) { ${faults} } }`,
  },
};
