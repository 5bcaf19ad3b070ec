import { tenantsOf } from '../../auth/row-scope.js';
import type { BrandingResolvers, MutationResolvers, PartnerResolvers, ViewerResolvers } from '../../graphql.generated.js';
import { etag } from '../change/change.js';
import { loadCompany } from '../company/loaders.js';
import { loadPartner } from '../partner/loaders.js';
import { brandColors } from './accent.js';
import { brandingSubject, removeBranding, setBranding } from './service.js';
import { loadBranding, loadLogo } from './store.js';

export const brandingMutations = {
  setBranding: async (_, { input }, context) => {
    const { row, userErrors } = await setBranding(context, input);
    return { branding: row, userErrors };
  },
  removeBranding: async (_, { partnerId, etag: version }, context) => {
    const { userErrors } = await removeBranding(context, partnerId, version);
    return { deletedId: userErrors.length === 0 ? partnerId : null, userErrors };
  },
} satisfies MutationResolvers;

export const Branding: BrandingResolvers = {
  etag: (row, _, context) => etag(context, brandingSubject, row),
  logo: ({ id, logoType }, _, context) => (logoType === null ? null : loadLogo(context, id)),
  colors: ({ accent }) => (accent === null ? null : brandColors(accent)),
};

/** The branding that administrators see at a partner. */
export const partnerBranding = { branding: ({ id }, _, context) => loadBranding(context, id) } satisfies PartnerResolvers;

/** The viewer's own. The row scope decides: a company, and a token that is confined to one, sees no partner's. */
export const viewerBranding = {
  tenant: async ({ scope }, _, context) => {
    const { partnerId, companyId } = tenantsOf(scope);
    const company = companyId === null ? null : await loadCompany(context, companyId);
    if (company !== null) return { ownerType: 'COMPANY', id: company.id, name: company.name };
    const partner = partnerId === null || companyId !== null ? null : await loadPartner(context, partnerId);
    return partner === null ? null : { ownerType: 'PARTNER', id: partner.id, name: partner.name };
  },
  branding: ({ scope }, _, context) => {
    const { partnerId } = tenantsOf(scope);
    return partnerId === null ? null : loadBranding(context, partnerId);
  },
} satisfies ViewerResolvers;
