import type { LicensePosition, PositionGrouping } from '../../api/generated/graphql';

/** How a line stands, in words. */
export const positionWord: Record<LicensePosition, string> = {
  DEFICIT: 'Deficit',
  UNLICENSED: 'Unlicensed',
  COMPLIANT: 'Compliant',
  SURPLUS: 'Surplus',
  UNUSED: 'Unused',
  UNLIMITED: 'Unlimited',
};

/** What a line stands for: the name of one, and of many. */
export const groupingWord: Record<PositionGrouping, readonly [one: string, many: string]> = {
  OWNER: ['owner', 'owners'],
  PARTNER: ['partner', 'partners'],
  PRODUCT: ['product', 'products'],
  SOURCE: ['source', 'sources'],
};
