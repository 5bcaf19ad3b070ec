import { graphql } from '../../api/generated';
import type { ApiTokenFieldsFragment, ListedApiTokenFieldsFragment } from '../../api/generated/graphql';

export const ApiTokenFields = graphql(`
  fragment ApiTokenFields on ApiToken {
    id
    name
    ending
    role
    partner {
      id
      name
    }
    company {
      id
      name
    }
    permissions
    createdAt
    expiresAt
    revokedAt
    lastUsedAt
    lastUsedAddress
    state
  }
`);

/** A token as people see it. */
export type ApiToken = ApiTokenFieldsFragment;

export const ListedApiTokenFields = graphql(`
  fragment ListedApiTokenFields on ApiToken {
    id
    name
    ending
    role
    partner {
      id
      name
    }
    company {
      id
      name
    }
    permissions
    createdAt
    expiresAt
    revokedAt
    lastUsedAt
    lastUsedAddress
    state
    account {
      id
      email
      displayName
    }
  }
`);

/** A token in the list of all, with the account that made it. */
export type ListedApiToken = ListedApiTokenFieldsFragment;

export const OwnApiTokens = graphql(`
  query OwnApiTokens {
    viewer {
      apiTokens {
        ...ApiTokenFields
      }
      apiTokenRoles {
        role
        permissions
      }
    }
  }
`);

export const ApiTokensQuery = graphql(`
  query ApiTokens($first: Int!, $after: String, $withTotal: Boolean!, $filter: ApiTokenFilter) {
    apiTokens(first: $first, after: $after, filter: $filter) {
      nodes {
        ...ListedApiTokenFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount @include(if: $withTotal)
    }
  }
`);

export const CreateApiToken = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      token
      apiToken {
        ...ApiTokenFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const RevokeOwnApiToken = graphql(`
  mutation RevokeOwnApiToken($id: ID!) {
    revokeOwnApiToken(id: $id) {
      revokedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const RevokeApiToken = graphql(`
  mutation RevokeApiToken($id: ID!) {
    revokeApiToken(id: $id) {
      revokedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);
