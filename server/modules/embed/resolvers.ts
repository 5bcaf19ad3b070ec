import { seesEverything } from '../../auth/row-scope.js';
import type { Context } from '../../context.js';
import { isEmbedViewer } from '../../embed/viewer.js';
import type {
  EmbeddedDashboardResolvers, EmbedTokenResolvers, LockedFiltersResolvers, LockedValue, MutationResolvers, QueryResolvers,
} from '../../graphql.generated.js';
import { viewerSettings } from '../account/settings.js';
import { viewerBranding } from '../branding/resolvers.js';
import { loadCompany } from '../company/loaders.js';
import { loadPartner } from '../partner/loaders.js';
import { loadProduct } from '../product/loaders.js';
import { createEmbedToken, revokeEmbedToken } from './service.js';
import { embedTokenPage, isOpenToken } from './store.js';

export const embedQueries = {
  embedTokens: (_, args, context) => embedTokenPage(context, args),
  embeddedDashboard: (_, __, context) => {
    const viewer = context.signedIn();
    return isEmbedViewer(viewer) ? viewer : null;
  },
} satisfies QueryResolvers;

export const embedMutations = {
  createEmbedToken: async (_, args, context) => {
    const { token, row, userErrors } = await createEmbedToken(context, args);
    return { token, embedToken: row, userErrors };
  },
  revokeEmbedToken: async (_, { id }, context) => {
    const { row, userErrors } = await revokeEmbedToken(context, id);
    return { embedToken: row, userErrors };
  },
} satisfies MutationResolvers;

export const EmbedToken: EmbedTokenResolvers = {
  dashboards: ({ grant }) => [...grant.dashboards],
  lockedFilters: ({ grant }) => grant.locked,
  partner: ({ grant }, _, context) => (grant.partnerId === null ? null : named(context, loadPartner, grant.partnerId)),
  company: ({ grant }, _, context) => (grant.companyId === null ? null : named(context, loadCompany, grant.companyId)),
  allowedOrigins: ({ grant }) => [...grant.origins],
  // Whoever sees a token that is not his own sees all accounts.
  createdBy: ({ createdBy }, _, context) => createdBy ?? context.signedIn().displayName,
  open: (row, _, context) => isOpenToken(row, context.now),
};

export const LockedFilters: LockedFiltersResolvers = {
  partners: ({ partnerIds }, _, context) => allNamed(context, loadPartner, partnerIds),
  companies: ({ companyIds }, _, context) => allNamed(context, loadCompany, companyIds),
  products: ({ productIds }, _, context) => allNamed(context, loadProduct, productIds),
  statuses: ({ statuses }) => listed(statuses),
  currencies: ({ currencies }) => listed(currencies),
  sources: ({ sources }) => listed(sources),
  productSlugs: ({ productSlugs }) => listed(productSlugs),
};

export const EmbeddedDashboard: EmbeddedDashboardResolvers = {
  dashboards: ({ credential }) => [...credential.dashboards],
  lockedFilters: ({ credential }) => credential.locked,
  expiresAt: ({ credential }) => credential.expiresAt.toISOString(),
  allowedOrigins: ({ credential }) => [...credential.origins],
  tenant: (viewer, args, context) => viewerBranding.tenant(viewer, args, context),
  permissions: ({ permissions }) => [...permissions],
  settings: (_, __, context) => viewerSettings(context),
};

const listed = <T>(values: readonly T[] | undefined): T[] | null => (values === undefined ? null : [...values]);

type Load = (context: Context, id: number) => Promise<{ name: string } | { label: string } | null>;

/** What the row is called, for whoever may see it. */
async function named(context: Context, load: Load, id: number | string): Promise<LockedValue> {
  const row = await load(context, Number(id));
  return { id: String(id), name: row === null ? null : 'name' in row ? row.name : row.label };
}

/** Whoever is confined hears of rows of the own alone, whatever an administrator locked. */
async function allNamed(context: Context, load: Load, ids: readonly string[] | undefined): Promise<LockedValue[] | null> {
  if (ids === undefined) return null;
  const values = await Promise.all(ids.map((id) => named(context, load, id)));
  return seesEverything(context.signedIn().scope) ? values : values.filter(({ name }) => name !== null);
}
