import { graphql } from '../../api/generated';
import type { LicenceRowFragment } from '../../api/generated/graphql';

export const LicenceRow = graphql(`
  fragment LicenceRow on License {
    id
    etag
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
    product {
      id
      code
      label
    }
    startDate
    endDate
    graceEndDate
    seats
    unitCost @include(if: $money) {
      amount
      currency
    }
    annualValue @include(if: $money) {
      amount
      currency
    }
    currency
    status
    lifecycleStatus(asOf: $asOf)
    daysRemaining(asOf: $asOf)
  }
`);

/** One licence round as lists show it. */
export type Licence = LicenceRowFragment;

/** Where the owner of a round is shown; undefined when it has none or the viewer may not see it. */
export function ownerHref(owner: Licence['owner'] | undefined): string | undefined {
  if (!owner) return undefined;
  return owner.__typename === 'Company' ? `/companies/${owner.id}` : `/partners/${owner.id}`;
}

/** The page of a round. */
export const licenceHref = (licence: { id: string }) => `/licences/${licence.id}`;

/** What a round is called where only one name fits. */
export function licenceName(licence: Licence): string {
  return `${licence.owner?.name ?? 'No owner'} · ${licence.product?.label ?? 'unknown product'}`;
}
