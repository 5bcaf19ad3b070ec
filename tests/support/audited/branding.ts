import type { AuditedMutation } from './call.js';

const faults = 'userErrors { code message }';

/** A partner of its own. */
const partner = async (admin: Parameters<NonNullable<AuditedMutation['prepare']>>[0]): Promise<{ partnerId: string }> => {
  const { row } = await admin('mutation { result: createPartner(input: { name: "Branded" }) { row: partner { id } userErrors { message } } }');
  return { partnerId: row.id };
};

/** How the portals of partners look. */
export const branding: Record<string, AuditedMutation> = {
  setBranding: {
    entity: 'Branding', prepare: partner,
    query: `mutation($partnerId: ID!) { result: setBranding(input: { partnerId: $partnerId, displayName: "Shown", accent: "#0a7d55" }) { ${faults} } }`,
  },
  removeBranding: {
    entity: 'Branding',
    prepare: async (admin) => {
      const { partnerId } = await partner(admin);
      const { branding: made } = await admin('mutation($id: ID!) { result: setBranding(input: { partnerId: $id, displayName: "Shown" }) { branding { etag } userErrors { message } } }', { id: partnerId });
      return { partnerId, etag: made.etag };
    },
    query: `mutation($partnerId: ID!, $etag: String!) { result: removeBranding(partnerId: $partnerId, etag: $etag) { ${faults} } }`,
  },
};
