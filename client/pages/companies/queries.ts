import { getFragmentData, graphql } from '../../api/generated';
import type { CompanyLicencesQuery, CompanyUsersQuery } from '../../api/generated/graphql';
import { UserRow } from '../detail/users';
import { LicenceRow } from '../licences/licenceRow';

export const CompanyHead = graphql(`
  query CompanyHead($id: ID!, $asOf: Date, $window: Int, $activity: Boolean!) {
    company(id: $id) {
      ...CompanyCore
      utilization(windowDays: $window, asOf: $asOf) @include(if: $activity) {
        ...UtilizationParts
      }
    }
  }
`);

export const CompanyActivity = graphql(`
  query CompanyActivity($id: ID!, $range: DateRange, $interval: ActivityInterval!) {
    company(id: $id) {
      id
      activityOverTime(range: $range, interval: $interval) {
        from
        to
        activeUsers
      }
    }
  }
`);

export const CompanyLicences = graphql(`
  query CompanyLicences($id: ID!, $first: Int!, $after: String, $withTotal: Boolean!, $orderBy: LicenseOrder, $asOf: Date, $money: Boolean!) {
    company(id: $id) {
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

export const CompanyUsers = graphql(`
  query CompanyUsers($id: ID!, $first: Int!, $after: String, $withTotal: Boolean!, $orderBy: UserOrder, $asOf: Date, $activity: Boolean!) {
    company(id: $id) {
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

/** The rounds in an answer. */
export const pickLicences = ({ company }: CompanyLicencesQuery) => company && { ...company.licenses, nodes: getFragmentData(LicenceRow, company.licenses.nodes) };

/** The users in an answer. */
export const pickUsers = ({ company }: CompanyUsersQuery) => company && { ...company.users, nodes: getFragmentData(UserRow, company.users.nodes) };
