import type { AuditedMutation } from './call.js';
import { newLicense } from './rows.js';

/** Several rounds at once. */
export const batch: Record<string, AuditedMutation> = {
  changeLicenses: {
    entity: 'License',
    prepare: async (admin) => ({ changes: [{ key: 'a', ...(await newLicense(admin)), update: { seats: 8 } }] }),
    query: 'mutation($changes: [LicenseChange!]!) { result: changeLicenses(changes: $changes) { saved userErrors { code message } } }',
  },
  applyBulk: {
    entity: 'License',
    prepare: async (admin) => {
      const input = { ids: [(await newLicense(admin)).id], action: 'SET_STATUS', status: 'Paused' };
      const { token } = await admin('query($input: BulkLicenseInput!) { result: bulkPreview(input: $input) { token userErrors { message } } }', { input });
      return { input, token };
    },
    query: 'mutation($input: BulkLicenseInput!, $token: String!) { result: applyBulk(input: $input, token: $token) { affected userErrors { code message } } }',
  },
};
