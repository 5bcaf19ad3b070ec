import { graphql } from '../../api/generated';
import type { PriceFieldsFragment } from '../../api/generated/graphql';

export const PriceFields = graphql(`
  fragment PriceFields on Price {
    id
    etag
    productSlug
    variation
    amount {
      amount
      currency
    }
    intervalMonths
    validFrom
    validTo
  }
`);

/** Price of a premium licence. */
export type Price = PriceFieldsFragment;

export const PricesQuery = graphql(`
  query Prices($first: Int!, $after: String, $withTotal: Boolean!, $search: String, $validOn: Date) {
    prices(first: $first, after: $after, search: $search, validOn: $validOn) {
      nodes {
        ...PriceFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount @include(if: $withTotal)
    }
  }
`);

export const CreatePrice = graphql(`
  mutation CreatePrice($input: PriceInput!) {
    createPrice(input: $input) {
      price {
        ...PriceFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const UpdatePrice = graphql(`
  mutation UpdatePrice($id: ID!, $etag: String!, $input: PriceChanges!) {
    updatePrice(id: $id, etag: $etag, input: $input) {
      price {
        ...PriceFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const DeletePrice = graphql(`
  mutation DeletePrice($id: ID!, $etag: String!) {
    deletePrice(id: $id, etag: $etag) {
      deletedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const LoadPrices = graphql(`
  mutation LoadPrices($csv: String!) {
    loadPrices(csv: $csv) {
      rows
      created
      updated
      userErrors {
        field
        code
        message
      }
    }
  }
`);
