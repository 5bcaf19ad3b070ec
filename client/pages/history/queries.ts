import { graphql } from '../../api/generated';
import type { AuditEntryFieldsFragment, AuditLogQuery, CompanyHistoryQuery, LicenceHistoryQuery, PartnerHistoryQuery } from '../../api/generated/graphql';
import { getFragmentData } from '../../api/generated';

export const AuditEntryFields = graphql(`
  fragment AuditEntryFields on AuditEntry {
    id
    at
    by
    byName
    action
    via
    entity
    entityId
    label
    importId
    token
    requestId
    restorable
    changes {
      field
      before
      after
      beforeLabel
      afterLabel
    }
  }
`);

/** A change as the history shows it. */
export type Entry = AuditEntryFieldsFragment;
/** One field of it. */
export type Change = Entry['changes'][number];

export const AuditLog = graphql(`
  query AuditLog($first: Int!, $after: String, $withTotal: Boolean!, $filter: AuditFilter) {
    auditLog(first: $first, after: $after, filter: $filter) {
      nodes {
        ...AuditEntryFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount @include(if: $withTotal)
    }
  }
`);

export const pickLog = ({ auditLog }: AuditLogQuery) => ({ ...auditLog, nodes: getFragmentData(AuditEntryFields, auditLog.nodes) });

export const LicenceHistory = graphql(`
  query LicenceHistory($id: ID!, $first: Int!, $after: String, $withTotal: Boolean!) {
    license(id: $id) {
      history(first: $first, after: $after) {
        nodes {
          ...AuditEntryFields
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

export const CompanyHistory = graphql(`
  query CompanyHistory($id: ID!, $first: Int!, $after: String, $withTotal: Boolean!) {
    company(id: $id) {
      history(first: $first, after: $after) {
        nodes {
          ...AuditEntryFields
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

export const PartnerHistory = graphql(`
  query PartnerHistory($id: ID!, $first: Int!, $after: String, $withTotal: Boolean!) {
    partner(id: $id) {
      history(first: $first, after: $after) {
        nodes {
          ...AuditEntryFields
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

type Histories = LicenceHistoryQuery & CompanyHistoryQuery & PartnerHistoryQuery;
const pickHistory = (row: { history: NonNullable<Histories['license']>['history'] } | null | undefined) =>
  (row?.history ? { ...row.history, nodes: getFragmentData(AuditEntryFields, row.history.nodes) } : null);

export const pickLicenceHistory = ({ license }: LicenceHistoryQuery) => pickHistory(license);
export const pickCompanyHistory = ({ company }: CompanyHistoryQuery) => pickHistory(company);
export const pickPartnerHistory = ({ partner }: PartnerHistoryQuery) => pickHistory(partner);

export const LastChange = graphql(`
  query LastChange($filter: AuditFilter!) {
    auditLog(first: 1, filter: $filter) {
      nodes {
        ...AuditEntryFields
      }
    }
  }
`);

export const RestoreLicence = graphql(`
  mutation RestoreLicence($id: ID!) {
    result: restoreLicense(id: $id) {
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const RestoreCompany = graphql(`
  mutation RestoreCompany($id: ID!) {
    result: restoreCompany(id: $id) {
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const RestorePartner = graphql(`
  mutation RestorePartner($id: ID!) {
    result: restorePartner(id: $id) {
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const RestoreProduct = graphql(`
  mutation RestoreProduct($id: ID!) {
    result: restoreProduct(id: $id) {
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const RevertLicence = graphql(`
  mutation RevertLicence($id: ID!, $etag: String!, $entryId: ID!, $fields: [String!]) {
    revertLicense(id: $id, etag: $etag, entryId: $entryId, fields: $fields) {
      license {
        id
        etag
        history(first: 1) {
          nodes {
            ...AuditEntryFields
          }
        }
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);
