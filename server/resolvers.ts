import { scalars } from './graphql/scalars.js';
import type { Resolvers } from './graphql.generated.js';
import { subscriptions } from './live/resolvers.js';
import { licenseCheckMutations } from './license-check/resolvers.js';
import { apiReferenceQueries } from './modules/api-reference/resolvers.js';
import { Account, accountMutations, accountQueries, Session, Viewer } from './modules/account/resolvers.js';
import { ActiveUserTotals, activityQueries } from './modules/activity/resolvers.js';
import { ApiToken, apiTokenMutations, apiTokenQueries } from './modules/api-token/resolvers.js';
import { AuditEntry, AuditFieldChange, auditQueries } from './modules/audit/resolvers.js';
import { Branding, brandingMutations } from './modules/branding/resolvers.js';
import { Company, companyMutations, companyQueries } from './modules/company/resolvers.js';
import { Dashboard, dashboardQueries, RevenueFigure } from './modules/dashboard/resolvers.js';
import { DataQuality, DataQualityFinding, qualityMutations, qualityQueries } from './modules/data-quality/resolvers.js';
import { batchMutations, batchQueries, BulkPreview, BulkRow, LastChange } from './modules/license-batch/resolvers.js';
import { EmbeddedDashboard, embedMutations, embedQueries, EmbedToken, LockedFilters } from './modules/embed/resolvers.js';
import { historyMutations } from './modules/history/resolvers.js';
import { importMutations, importQueries, ImportCheck, ImportJob } from './modules/import/resolvers.js';
import { License, licenseMutations, licenseQueries } from './modules/license/resolvers.js';
import { connection } from './modules/pages.js';
import { Partner, partnerMutations, partnerQueries } from './modules/partner/resolvers.js';
import { Price, priceMutations, priceQueries } from './modules/price/resolvers.js';
import { Product, productMutations, productQueries } from './modules/product/resolvers.js';
import { rateMutations, rateQueries } from './modules/rates/resolvers.js';
import { providerMutations, providerQueries } from './modules/provider/resolvers.js';
import { SavedQuery, savedQueryMutations, savedQueryQueries } from './modules/saved-query/resolvers.js';
import { User } from './modules/user/resolvers.js';
import { reportQueries, reportTypes } from './reports/index.js';
import { MoneySum } from './reports/money-sum.js';
import { UnifiedLicense, UnifiedLicenseConnection, unifiedQueries } from './modules/unified/resolvers.js';
import { UtilizationConnection, utilizationQueries } from './modules/utilization/resolvers.js';

type AllOf<T> = { [K in Exclude<keyof T, '__isTypeOf'>]-?: NonNullable<T[K]> };

/** Every resolver. A root field without one does not compile. */
export const resolvers: Resolvers & {
  Query: AllOf<NonNullable<Resolvers['Query']>>;
  Mutation: AllOf<NonNullable<Resolvers['Mutation']>>;
  Subscription: AllOf<NonNullable<Resolvers['Subscription']>>;
} = {
  ...scalars,
  Query: {
    ...accountQueries,
    ...activityQueries,
    ...apiReferenceQueries,
    ...apiTokenQueries,
    ...auditQueries,
    ...batchQueries,
    ...companyQueries,
    ...dashboardQueries,
    ...embedQueries,
    ...importQueries,
    ...licenseQueries,
    ...partnerQueries,
    ...priceQueries,
    ...productQueries,
    ...providerQueries,
    ...qualityQueries,
    ...rateQueries,
    ...reportQueries,
    ...savedQueryQueries,
    ...unifiedQueries,
    ...utilizationQueries,
  },
  Subscription: subscriptions,
  Mutation: {
    ...accountMutations,
    ...apiTokenMutations,
    ...batchMutations,
    ...brandingMutations,
    ...embedMutations,
    ...companyMutations,
    ...historyMutations,
    ...licenseCheckMutations,
    ...importMutations,
    ...licenseMutations,
    ...partnerMutations,
    ...priceMutations,
    ...productMutations,
    ...providerMutations,
    ...qualityMutations,
    ...rateMutations,
    ...savedQueryMutations,
  },
  Account,
  AccountConnection: connection,
  ActiveUserTotals,
  ApiToken,
  ApiTokenConnection: connection,
  AuditEntry,
  AuditEntryConnection: connection,
  AuditFieldChange,
  Branding,
  BulkPreview,
  BulkRow,
  Company,
  CompanyConnection: connection,
  Dashboard,
  DataQuality,
  DataQualityFinding,
  DataQualityFindingConnection: connection,
  EmbeddedDashboard,
  EmbedToken,
  EmbedTokenConnection: connection,
  EuroRateConnection: connection,
  ImportCheck,
  ImportErrorConnection: connection,
  ImportJob,
  ImportJobConnection: connection,
  LastChange,
  License,
  LockedFilters,
  LicenseConnection: connection,
  MoneySum,
  Owner: { __resolveType: (owner) => ('active' in owner ? 'Company' : 'Partner') },
  Partner,
  PartnerConnection: connection,
  Price,
  PriceConnection: connection,
  Product,
  ProductConnection: connection,
  RevenueFigure,
  ...reportTypes,
  SavedQuery,
  SavedQueryConnection: connection,
  Session,
  UnifiedLicense,
  UnifiedLicenseConnection,
  User,
  UserConnection: connection,
  UtilizationConnection,
  Viewer,
};
