import type { OpenSession } from '../../auth/open-sessions.js';
import type { SessionOutcome } from '../../auth/sessions.js';
import type { Context } from '../../context.js';
import { parseId } from '../../db/filter.js';
import type {
  AccountResolvers, MutationResolvers, QueryResolvers, SessionPayload, SessionResolvers, UserError, ViewerResolvers,
} from '../../graphql.generated.js';
import { tenantsOf } from '../../auth/row-scope.js';
import { viewerTokens } from '../api-token/resolvers.js';
import { viewerBranding } from '../branding/resolvers.js';
import { loadCompany } from '../company/loaders.js';
import { loadPartner } from '../partner/loaders.js';
import { changePassword, revokeAnySession, revokeOwnSession } from './own.js';
import { viewerSettings } from './settings.js';
import { createAccount, resetPassword, updateAccount } from './service.js';
import { accountById, accountPage } from './store.js';

export const accountQueries = {
  viewer: (_, __, context) => context.signedIn(),
  account: (_, { id }, context) => accountById(context, context.db, parseId(id, 'id')),
  accounts: (_, args, context) => accountPage(context, args),
} satisfies QueryResolvers;

export const accountMutations = {
  signIn: async (_, { input }, context) => {
    const again = triedAgain(context);
    if (again !== null) return refused(again);
    const { now, address, userAgent } = context;
    return sessionPayload(context, await context.sessions.signIn({ ...input, address, userAgent, now }));
  },
  refreshSession: async (_, __, context) =>
    sessionPayload(context, await context.sessions.refresh(context.refreshCookie.read(), context.now)),
  signOut: async (_, __, context) => {
    await context.sessions.signOut(context.signedIn().sessionId, context.now);
    context.refreshCookie.clear();
    return { signedOut: true };
  },
  createAccount: async (_, { input }, context) => accountPayload(await createAccount(context, input)),
  updateAccount: async (_, { id, input }, context) => accountPayload(await updateAccount(context, id, input)),
  resetPassword: async (_, { id, newPassword }, context) => accountPayload(await resetPassword(context, id, newPassword)),
  revokeSession: async (_, { id }, context) => revokePayload(context, id, await revokeAnySession(context, id)),
  revokeOwnSession: async (_, { id }, context) => revokePayload(context, id, await revokeOwnSession(context, id)),
  changePassword: async (_, { input }, context) => {
    const again = triedAgain(context);
    const userErrors = again === null ? await changePassword(context, input) : [again];
    return { changed: userErrors.length === 0, userErrors };
  },
} satisfies MutationResolvers;

/** One password a request, or aliases would guess thirty times for one. */
function triedAgain(context: Context): UserError | null {
  if (context.passwordTried) return { field: [], code: 'THROTTLED', message: 'One password a request. Send the next one by itself.' };
  context.passwordTried = true;
  return null;
}

const accountPayload = ({ row, userErrors }: Awaited<ReturnType<typeof createAccount>>) => ({ account: row, userErrors });

function revokePayload(context: Context, id: string | number, userErrors: UserError[]) {
  if (userErrors.length > 0) return { revokedId: null, userErrors };
  if (id === context.signedIn().sessionId) context.refreshCookie.clear();
  return { revokedId: id, userErrors };
}

const openSessionsOf = (context: Context, accountId: number): Promise<OpenSession[]> =>
  context.loaders.load('open sessions', accountId, (ids) => context.sessions.openOf(ids, context.now));

function refused(error: SessionPayload['userErrors'][number]) {
  return { accessToken: null, expiresAt: null, viewer: null, userErrors: [error] };
}

/** Hands out the session: the access token in the answer, the refresh token in the cookie only. */
function sessionPayload(context: Context, outcome: SessionOutcome) {
  if (outcome.kind === 'refused') {
    if (outcome.error.code === 'SESSION_ENDED') context.refreshCookie.clear();
    return refused(outcome.error);
  }
  context.refreshCookie.set(outcome.refreshToken);
  context.becomes(outcome.viewer);
  return {
    accessToken: outcome.accessToken,
    expiresAt: outcome.expiresAt.toISOString(),
    viewer: outcome.viewer,
    userErrors: [],
  };
}

export const Account: AccountResolvers = {
  partner: ({ partnerId }, _, context) => (partnerId === null ? null : loadPartner(context, partnerId)),
  company: ({ companyId }, _, context) => (companyId === null ? null : loadCompany(context, companyId)),
  isViewer: ({ id }, _, context) => id === context.signedIn().accountId,
  sessions: ({ id, disabled }, _, context) => (disabled ? [] : openSessionsOf(context, id)),
};

export const Session: SessionResolvers = {
  current: ({ id }, _, context) => id === context.signedIn().sessionId,
};

export const Viewer: ViewerResolvers = {
  ...viewerBranding,
  sessions: ({ accountId }, _, context) => openSessionsOf(context, accountId),
  permissions: ({ permissions }) => [...permissions],
  ...viewerTokens,
  partner: ({ role, scope }, _, context) => {
    const { partnerId } = tenantsOf(scope);
    return role === 'PARTNER' && partnerId !== null ? loadPartner(context, partnerId) : null;
  },
  company: ({ role, scope }, _, context) => {
    const { companyId } = tenantsOf(scope);
    return role === 'COMPANY' && companyId !== null ? loadCompany(context, companyId) : null;
  },
  settings: (_, __, context) => viewerSettings(context),
};
