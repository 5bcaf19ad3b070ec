import { graphql } from '../../api/generated';
import type { EmbedTokenFieldsFragment } from '../../api/generated/graphql';

export type EmbedToken = EmbedTokenFieldsFragment;

/** A token as it is listed. */
export const EmbedTokenFields = graphql(`
  fragment EmbedTokenFields on EmbedToken {
    id
    name
    dashboards
    partner {
      id
      name
    }
    company {
      id
      name
    }
    lockedFilters {
      partners {
        id
        name
      }
      companies {
        id
        name
      }
      products {
        id
        name
      }
      statuses
      currencies
      sources
      productSlugs
    }
    allowedOrigins
    createdAt
    createdBy
    expiresAt
    revokedAt
    lastShownAt
    open
  }
`);

export const EmbedTokensQuery = graphql(`
  query EmbedTokens($first: Int!, $after: String, $withTotal: Boolean!, $open: Boolean) {
    embedTokens(first: $first, after: $after, open: $open) {
      nodes {
        ...EmbedTokenFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount @include(if: $withTotal)
    }
  }
`);

export const CreateEmbedToken = graphql(`
  mutation CreateEmbedToken(
    $name: String
    $dashboards: [EmbedDashboard!]!
    $lockedFilters: LockedFiltersInput
    $scope: EmbedScopeInput
    $expiresIn: Int!
    $allowedOrigins: [String!]!
  ) {
    createEmbedToken(
      name: $name
      dashboards: $dashboards
      lockedFilters: $lockedFilters
      scope: $scope
      expiresIn: $expiresIn
      allowedOrigins: $allowedOrigins
    ) {
      token
      embedToken {
        id
        expiresAt
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const RevokeEmbedToken = graphql(`
  mutation RevokeEmbedToken($id: ID!) {
    revokeEmbedToken(id: $id) {
      embedToken {
        id
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);
