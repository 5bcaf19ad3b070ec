import type { AuditedMutation } from './call.js';
import { newLicense } from './rows.js';

/** Fixes of findings. */
export const quality: Record<string, AuditedMutation> = {
  fixDataQuality: {
    entity: 'License',
    prepare: async (admin) => {
      const { id, etag } = await newLicense(admin);
      // Without an end it is in force.
      await admin('mutation($id: ID!, $etag: String!) { result: updateLicense(id: $id, etag: $etag, input: { status: "Expired" }) { userErrors { message } } }', { id, etag });
      const { findings } = await admin('{ result: dataQuality { findings(kind: STATUS_DISAGREES, first: 500) { nodes { id license { id } } } } }');
      return { ids: findings.nodes.filter((node: any) => node.license.id === id).map((node: any) => node.id) };
    },
    query: 'mutation($ids: [ID!]!) { result: fixDataQuality(kind: STATUS_DISAGREES, findingIds: $ids) { fixed userErrors { code message } } }',
  },
};
