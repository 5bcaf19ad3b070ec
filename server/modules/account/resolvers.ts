import type { SessionOutcome } from '../../auth/sessions.js';
import type { Context } from '../../context.js';
import type { MutationResolvers, QueryResolvers, SessionPayload, ViewerResolvers } from '../../graphql.generated.js';
import { knownCurrencies } from '../../reports/shapes/money.js';
import { loadCompany } from '../company/loaders.js';
import { loadPartner } from '../partner/loaders.js';
import { utilizationLimits } from '../utilization/service.js';

export const accountQueries = {
  viewer: (_, __, context) => context.signedIn(),
} satisfies QueryResolvers;

export const accountMutations = {
  signIn: async (_, { input }, context) => {
    if (context.signInTried) {
      return refused({ field: [], code: 'THROTTLED', message: 'One sign-in a request. Send the next one by itself.' });
    }
    context.signInTried = true;
    const { now, address } = context;
    return sessionPayload(context, await context.sessions.signIn({ ...input, address, now }));
  },
  refreshSession: async (_, __, context) =>
    sessionPayload(context, await context.sessions.refresh(context.refreshCookie.read(), context.now)),
  signOut: async (_, __, context) => {
    await context.sessions.signOut(context.signedIn().sessionId, context.now);
    context.refreshCookie.clear();
    return { signedOut: true };
  },
} satisfies MutationResolvers;

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

export const Viewer: ViewerResolvers = {
  permissions: ({ permissions }) => [...permissions],
  partner: ({ scope }, _, context) => (scope.kind === 'partner' ? loadPartner(context, scope.partnerId) : null),
  company: ({ scope }, _, context) => (scope.kind === 'company' ? loadCompany(context, scope.companyId) : null),
  settings: (_, __, context) => ({
    timezone: context.config.REPORT_TIMEZONE,
    today: context.today,
    activityWindowDays: context.config.ACTIVITY_WINDOW_DAYS,
    reportingCurrency: context.config.REPORTING_CURRENCY,
    currencies: [...knownCurrencies],
    utilizationLimits: utilizationLimits(context),
    demo: context.config.DEMO,
  }),
};
