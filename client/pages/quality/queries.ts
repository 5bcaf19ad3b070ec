import { getFragmentData, graphql } from '../../api/generated';
import type { FindingFieldsFragment, QualityFindingsQuery, QualityKindsQuery } from '../../api/generated/graphql';

export const FindingFields = graphql(`
  fragment FindingFields on DataQualityFinding {
    id
    kind
    message
    rows
    siteHost
    license {
      id
      product {
        label
      }
    }
    otherLicense {
      id
    }
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
    user {
      id
      email
    }
    fix {
      field
      before
      after
    }
  }
`);

/** One thing that is wrong or doubtful. */
export type Finding = FindingFieldsFragment;

export const QualityKinds = graphql(`
  query QualityKinds($filter: DataQualityFilter, $asOf: Date) {
    dataQuality(filter: $filter, asOf: $asOf) {
      kinds {
        kind
        severity
        count
        fixable
      }
    }
  }
`);

/** A kind with its count. */
export type KindCount = QualityKindsQuery['dataQuality']['kinds'][number];

export const QualityFindings = graphql(`
  query QualityFindings($first: Int!, $after: String, $withTotal: Boolean!, $kind: DataQualityKind!, $filter: DataQualityFilter, $asOf: Date) {
    dataQuality(filter: $filter, asOf: $asOf) {
      findings(kind: $kind, first: $first, after: $after) {
        nodes {
          ...FindingFields
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

export const pickFindings = ({ dataQuality: { findings } }: QualityFindingsQuery) => ({ ...findings, nodes: getFragmentData(FindingFields, findings.nodes) });

export const FixFindings = graphql(`
  mutation FixFindings($kind: DataQualityKind!, $findingIds: [ID!]!) {
    fixDataQuality(kind: $kind, findingIds: $findingIds) {
      fixed
      userErrors {
        field
        code
        message
      }
    }
  }
`);
