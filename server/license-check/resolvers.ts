import type { MutationResolvers } from '../graphql.generated.js';

export const licenseCheckMutations = {
  appLicenseCheck: async (_, { input }, { licenseChecks, address, now }) => {
    const outcome = await licenseChecks.check(input, address, now);
    return outcome.kind === 'taken' ? { check: outcome.check, userErrors: [] } : { check: null, userErrors: outcome.userErrors };
  },
} satisfies MutationResolvers;
