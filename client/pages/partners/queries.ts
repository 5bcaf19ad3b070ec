import { getFragmentData, graphql } from '../../api/generated';
import type { PartnerCompaniesQuery, PartnerLicencesQuery, PartnerUsersQuery } from '../../api/generated/graphql';
import { CompanyCore } from '../companies/company';
import { UserRow } from '../detail/users';
import { UtilizationParts } from '../detail/UtilizationFigures';
import { LicenceRow } from '../licences/licenceRow';

export const PartnerHead = graphql(`
  query PartnerHead($id: ID!, $asOf: Date, $window: Int, $activity: Boolean!) {
    partner(id: $id) {
      ...PartnerCore
      utilization(windowDays: $window, asOf: $asOf) @include(if: $activity) {
        ...UtilizationParts
      }
    }
  }
`);

export const PartnerActivity = graphql(`
  query PartnerActivity($id: ID!, $range: DateRange, $interval: ActivityInterval!) {
    partner(id: $id) {
      id
      activityOverTime(range: $range, interval: $interval) {
        from
        to
        activeUsers
      }
    }
  }
`);

export const PartnerLicences = graphql(`
  query PartnerLicences($id: ID!, $first: Int!, $after: String, $withTotal: Boolean!, $orderBy: LicenseOrder, $asOf: Date, $money: Boolean!) {
    partner(id: $id) {
      id
      licenses(first: $first, after: $after, orderBy: $orderBy, asOf: $asOf) {
        nodes {
          ...LicenceRow
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount @include(if: $withTotal)
      }
    }
  }
`);

export const PartnerUsers = graphql(`
  query PartnerUsers($id: ID!, $first: Int!, $after: String, $withTotal: Boolean!, $orderBy: UserOrder, $asOf: Date, $activity: Boolean!) {
    partner(id: $id) {
      id
      users(first: $first, after: $after, orderBy: $orderBy) {
        nodes {
          ...UserRow
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount @include(if: $withTotal)
      }
    }
  }
`);

export const PartnerCompanies = graphql(`
  query PartnerCompanies(
    $id: ID!, $first: Int!, $after: String, $withTotal: Boolean!, $orderBy: CompanyOrder, $asOf: Date, $window: Int, $activity: Boolean!
  ) {
    partner(id: $id) {
      id
      companies(first: $first, after: $after, orderBy: $orderBy) {
        nodes {
          ...CompanyCore
          utilization(windowDays: $window, asOf: $asOf) @include(if: $activity) {
            ...UtilizationParts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount @include(if: $withTotal)
      }
    }
  }
`);

/** The companies in an answer. */
export const pickCompanies = ({ partner }: PartnerCompaniesQuery) => partner && {
  ...partner.companies,
  nodes: partner.companies.nodes.map((node) => ({ ...getFragmentData(CompanyCore, node), utilization: getFragmentData(UtilizationParts, node.utilization) })),
};

/** The rounds in an answer. */
export const pickLicences = ({ partner }: PartnerLicencesQuery) => partner && { ...partner.licenses, nodes: getFragmentData(LicenceRow, partner.licenses.nodes) };

/** The users in an answer. */
export const pickUsers = ({ partner }: PartnerUsersQuery) => partner && { ...partner.users, nodes: getFragmentData(UserRow, partner.users.nodes) };
