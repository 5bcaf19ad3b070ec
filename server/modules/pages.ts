import type { Page } from '../db/page.js';
import type { UtilizationLine } from '../graphql.generated.js';
import type { ListedAccount } from './account/entity.js';
import type { ListedApiToken } from './api-token/entity.js';
import type { AuditEntryRow } from './audit/entry.js';
import type { CompanyRow } from './company/entity.js';
import type { Finding } from './data-quality/finding.js';
import type { LicenseRow } from './license/entity.js';
import type { PartnerRow } from './partner/entity.js';
import type { PriceRow } from './price/entity.js';
import type { ProductRow } from './product/entity.js';
import type { EuroRateRow } from './rates/entity.js';
import type { SavedQueryRow } from './saved-query/entity.js';
import type { UserRow } from './user/entity.js';

export type AccountPage = Page<ListedAccount>;
export type ApiTokenPage = Page<ListedApiToken>;
export type AuditEntryPage = Page<AuditEntryRow>;
export type FindingPage = Page<Finding>;
export type LicensePage = Page<LicenseRow>;
export type CompanyPage = Page<CompanyRow>;
export type PartnerPage = Page<PartnerRow>;
export type ProductPage = Page<ProductRow>;
export type UserPage = Page<UserRow>;
export type EuroRatePage = Page<EuroRateRow>;
export type PricePage = Page<PriceRow>;
export type SavedQueryPage = Page<SavedQueryRow>;
export type UtilizationPage = Page<UtilizationLine>;

/** The fields that all connections share; `nodes` needs no resolver. */
export const connection = {
  edges: <T>(page: Page<T>) => {
    const cursors = page.cursors();
    return page.nodes.map((node, index) => ({ node, cursor: cursors[index] ?? '' }));
  },
  pageInfo: (page: Page<unknown>) => {
    const cursors = page.cursors();
    return {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    };
  },
  totalCount: (page: Page<unknown>) => page.totalCount(),
};
