import type { DataQualityFindingResolvers, DataQualityResolvers, MutationResolvers, QueryResolvers } from '../../graphql.generated.js';
import { loadCompany } from '../company/loaders.js';
import { loadPartner } from '../partner/loaders.js';
import { findingId, otherLicense } from './finding.js';
import { fixFindings } from './fix.js';
import { dataQuality, findingFix, findingMessage } from './service.js';

export const qualityQueries = {
  dataQuality: (_, { filter, asOf }, context) => dataQuality(context, filter, asOf ?? context.today),
} satisfies QueryResolvers;

export const qualityMutations = {
  fixDataQuality: (_, { kind, findingIds }, context) => fixFindings(context, kind, findingIds),
} satisfies MutationResolvers;

export const DataQuality: DataQualityResolvers = {
  kinds: ({ kinds }) => kinds(),
  findings: ({ findings }, { kind, first, after }) => findings(kind, { first, after }),
};

export const DataQualityFinding: DataQualityFindingResolvers = {
  id: findingId,
  message: findingMessage,
  license: ({ license }) => license ?? null,
  otherLicense,
  owner: ({ license, user }, _, context) => {
    // A user with a company belongs to it; a round that names two owners has none.
    const { companyId = null, partnerId = null } = license ?? user ?? {};
    if (companyId !== null) return partnerId === null || user !== undefined ? loadCompany(context, companyId) : null;
    return partnerId === null ? null : loadPartner(context, partnerId);
  },
  user: ({ user }) => user ?? null,
  siteHost: ({ site }) => site?.host ?? null,
  rows: ({ rows }) => rows ?? 1,
  fix: findingFix,
};
