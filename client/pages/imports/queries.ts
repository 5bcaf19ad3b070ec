import { graphql } from '../../api/generated';
import type { ImportFieldFieldsFragment, ImportFieldsFragment, ImportMappingFieldsFragment, ImportRowFragment } from '../../api/generated/graphql';

/** What lists say of an import. */
export const ImportRow = graphql(`
  fragment ImportRow on ImportJob {
    id
    subject
    state
    fileName
    byteSize
    createdAt
    createdBy
    failure
    progress {
      share
    }
    check {
      rows
      new
      changed
      errorRows
    }
  }
`);

/** One line of the list of imports. */
export type ImportLine = ImportRowFragment;

export const ImportsQuery = graphql(`
  query Imports($first: Int!, $after: String, $withTotal: Boolean!) {
    imports(first: $first, after: $after) {
      nodes {
        ...ImportRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount @include(if: $withTotal)
    }
  }
`);

export const ImportFields = graphql(`
  fragment ImportFields on ImportJob {
    id
    subject
    state
    fileName
    byteSize
    createdAt
    createdBy
    changedAt
    reading {
      encoding
      delimiter
      quote
      headerRow
      doubtful
    }
    columns {
      index
      name
      samples
      field
      suggested
      dateFormat
      numberFormat
      ambiguous
    }
    sample
    missingFields {
      name
      label
    }
    createMissingCompanies
    progress {
      rows
      totalRows
      share
      secondsLeft
    }
    check {
      rows
      new
      changed
      unchanged
      duplicates
      errorRows
      newCompanies
      money @include(if: $money) {
        currency
        before {
          amount
          currency
        }
        after {
          amount
          currency
        }
      }
      reasons {
        column
        code
        message
        count
        values {
          value
          count
          suggestions {
            id
            name
          }
        }
      }
      preview {
        row
        targetId
        changes {
          field
          before
          after
          beforeLabel
          afterLabel
        }
      }
    }
    failure
    committedAt
    undoable
  }
`);

/** An import as its page shows it. */
export type Import = ImportFieldsFragment;
export type ImportColumn = Import['columns'][number];
export type Check = NonNullable<Import['check']>;
export type Reason = Check['reasons'][number];

export const ImportQuery = graphql(`
  query Import($id: ID!, $money: Boolean!) {
    importJob(id: $id) {
      ...ImportFields
    }
  }
`);

export const ImportErrors = graphql(`
  query ImportErrors($id: ID!, $first: Int!, $after: String, $withTotal: Boolean!, $column: String, $code: ImportErrorCode) {
    importJob(id: $id) {
      check {
        errors(first: $first, after: $after, column: $column, code: $code) {
          nodes {
            row
            column
            value
            code
            message
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount @include(if: $withTotal)
        }
      }
    }
  }
`);

export const ImportFieldFields = graphql(`
  fragment ImportFieldFields on ImportField {
    name
    label
    description
    required
    kind
  }
`);

/** A field that a column can fill. */
export type Field = ImportFieldFieldsFragment;

export const ImportMappingFields = graphql(`
  fragment ImportMappingFields on ImportMapping {
    id
    name
    columns {
      name
      field
    }
  }
`);

/** Columns and formats under a name. */
export type Mapping = ImportMappingFieldsFragment;

export const ImportFieldsQuery = graphql(`
  query ImportFieldsOf($subject: ImportSubject!) {
    importFields(subject: $subject) {
      ...ImportFieldFields
    }
    importMappings(subject: $subject) {
      ...ImportMappingFields
    }
  }
`);
