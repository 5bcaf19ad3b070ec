import { graphql } from '../../api/generated';
import type { AccountFieldsFragment, SessionDetailsFragment } from '../../api/generated/graphql';

export const AccountFields = graphql(`
  fragment AccountFields on Account {
    id
    email
    displayName
    role
    partner {
      id
      name
    }
    company {
      id
      name
    }
    disabled
    createdAt
    lastSignInAt
    isViewer
  }
`);

/** An account as the page lists it. */
export type Account = AccountFieldsFragment;

export const AccountsQuery = graphql(`
  query Accounts($first: Int!, $after: String, $withTotal: Boolean!, $filter: AccountFilter) {
    accounts(first: $first, after: $after, filter: $filter) {
      nodes {
        ...AccountFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount @include(if: $withTotal)
    }
  }
`);

export const CreateAccount = graphql(`
  mutation CreateAccount($input: CreateAccountInput!) {
    createAccount(input: $input) {
      account {
        ...AccountFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const UpdateAccount = graphql(`
  mutation UpdateAccount($id: ID!, $input: UpdateAccountInput!) {
    updateAccount(id: $id, input: $input) {
      account {
        ...AccountFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const ResetPassword = graphql(`
  mutation ResetPassword($id: ID!, $password: String!) {
    resetPassword(id: $id, newPassword: $password) {
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const SessionDetails = graphql(`
  fragment SessionDetails on Session {
    id
    createdAt
    lastUsedAt
    expiresAt
    address
    userAgent
    current
  }
`);

/** A session as people see it. */
export type Session = SessionDetailsFragment;

export const AccountSessions = graphql(`
  query AccountSessions($id: ID!) {
    account(id: $id) {
      id
      sessions {
        ...SessionDetails
      }
    }
  }
`);

export const RevokeSession = graphql(`
  mutation RevokeSession($id: ID!) {
    revokeSession(id: $id) {
      revokedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const CompanyHits = graphql(`
  query CompanyHits($search: String) {
    companies(first: 20, filter: { search: $search }, orderBy: { field: NAME }) {
      nodes {
        id
        name
      }
    }
  }
`);
