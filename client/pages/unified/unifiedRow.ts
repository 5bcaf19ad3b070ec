import { graphql } from '../../api/generated';
import type { UnifiedRowFragment } from '../../api/generated/graphql';

export const UnifiedRow = graphql(`
  fragment UnifiedRow on UnifiedLicense {
    id
    source
    licenseKey
    siteUrl
    siteCount
    productSlug
    owner {
      __typename
      ... on Company {
        id
        name
      }
      ... on Partner {
        id
        name
      }
    }
    ownerName
    license {
      id
    }
    provider
    isPremium
    quantity
    isUnlimited
    activations
    purchaseDate
    expirationDate
    graceEndDate
    renewalValueArr @include(if: $money) {
      amount
      currency
    }
    unitPrice @include(if: $money) {
      amount
      currency
    }
    billingIntervalMonths
    autoRenew
    lastCheckedInAt
    daysSinceCheckIn
    lifecycleStatus
    daysRemaining
    subStatus
    fetchedAt
  }
`);

/** One licence of any source as the list shows it. */
export type Unified = UnifiedRowFragment;

/** The page of a row: a portal round has its own; the others are described where they stand. */
export function unifiedHref(row: Unified): string | undefined {
  return row.license ? `/licences/${row.license.id}` : undefined;
}

/** Where the owner is shown; undefined when it has none or the viewer may not see it. */
export function unifiedOwnerHref({ owner }: Unified): string | undefined {
  if (!owner) return undefined;
  return owner.__typename === 'Company' ? `/companies/${owner.id}` : `/partners/${owner.id}`;
}

/** What a row is called where only one name fits. */
export const unifiedName = (row: Unified) => row.ownerName ?? row.siteUrl ?? row.licenseKey ?? row.id;
