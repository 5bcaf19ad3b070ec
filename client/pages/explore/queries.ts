import { graphql } from '../../api/generated';
import type { SavedQueryFieldsFragment } from '../../api/generated/graphql';

export const SavedQueryFields = graphql(`
  fragment SavedQueryFields on SavedQuery {
    id
    etag
    name
    description
    document
    variables
    shared
    view
    rows
    chart {
      type
      x
      y
      series
    }
    ownerName
    own
    mayChange
    changedAt
  }
`);

/** A query that was kept. */
export type SavedQuery = SavedQueryFieldsFragment;

export const SavedQueriesQuery = graphql(`
  query SavedQueries($first: Int!, $filter: SavedQueryFilter) {
    savedQueries(first: $first, filter: $filter) {
      nodes {
        ...SavedQueryFields
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

export const SavedQueryQuery = graphql(`
  query SavedQuery($id: ID!) {
    savedQuery(id: $id) {
      ...SavedQueryFields
    }
  }
`);

export const SaveQuery = graphql(`
  mutation SaveQuery($input: SaveQueryInput!) {
    saveQuery(input: $input) {
      savedQuery {
        ...SavedQueryFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const UpdateSavedQuery = graphql(`
  mutation UpdateSavedQuery($id: ID!, $etag: String!, $input: SavedQueryChanges!) {
    updateSavedQuery(id: $id, etag: $etag, input: $input) {
      savedQuery {
        ...SavedQueryFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const DeleteSavedQuery = graphql(`
  mutation DeleteSavedQuery($id: ID!, $etag: String!) {
    deleteSavedQuery(id: $id, etag: $etag) {
      deletedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);
