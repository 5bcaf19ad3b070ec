import type { ApiTokenResolvers, MutationResolvers, QueryResolvers, UserError, ViewerResolvers } from '../../graphql.generated.js';
import { loadAccount } from '../account/store.js';
import { loadCompany } from '../company/loaders.js';
import { loadPartner } from '../partner/loaders.js';
import { decodeApiToken, stateOf } from './entity.js';
import { createApiToken, grantableRoles, revokeAnyApiToken, revokeOwnApiToken } from './service.js';
import { apiTokenPage } from './store.js';

export const apiTokenQueries = {
  apiTokens: (_, args, context) => apiTokenPage(context, args),
} satisfies QueryResolvers;

export const apiTokenMutations = {
  createApiToken: async (_, { input }, context) => {
    const { made, userErrors } = await createApiToken(context, input);
    return { token: made?.token ?? null, apiToken: made?.apiToken ?? null, userErrors };
  },
  revokeOwnApiToken: async (_, { id }, context) => revokePayload(id, await revokeOwnApiToken(context, id)),
  revokeApiToken: async (_, { id }, context) => revokePayload(id, await revokeAnyApiToken(context, id)),
} satisfies MutationResolvers;

function revokePayload(id: string | number, userErrors: UserError[]) {
  return { revokedId: userErrors.length === 0 ? id : null, userErrors };
}

/** What a viewer sees of tokens of his own. */
export const viewerTokens = {
  apiTokens: async ({ accountId }, _, context) => (await context.apiTokens.rowsOf(accountId)).map(decodeApiToken),
  apiTokenRoles: (viewer, _, context) => grantableRoles(context, viewer),
} satisfies ViewerResolvers;

export const ApiToken: ApiTokenResolvers = {
  account: ({ accountId }, _, context) => loadAccount(context, accountId),
  partner: ({ partnerId }, _, context) => (partnerId === null ? null : loadPartner(context, partnerId)),
  company: ({ companyId }, _, context) => (companyId === null ? null : loadCompany(context, companyId)),
  state: (token, _, context) => stateOf(token, context.now),
};
