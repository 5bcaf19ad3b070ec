import { useQuery } from 'urql';

import { graphql } from '../../api/generated';
import type { Filters } from './urlState';

const NamesQuery = graphql(`
  query FilterNames(
    $partners: [ID!]
    $companies: [ID!]
    $products: [ID!]
    $withPartners: Boolean!
    $withCompanies: Boolean!
    $withProducts: Boolean!
  ) {
    partners(first: 100, filter: { id: { in: $partners } }) @include(if: $withPartners) {
      nodes {
        id
        name
      }
    }
    companies(first: 100, filter: { id: { in: $companies } }) @include(if: $withCompanies) {
      nodes {
        id
        name
      }
    }
    products(first: 100, filter: { id: { in: $products } }) @include(if: $withProducts) {
      nodes {
        id
        label
      }
    }
  }
`);

/** Names of the ids in the filters; a missing one is unknown, `undefined` while they load. */
export interface FilterNames {
  partner: Map<string, string>;
  company: Map<string, string>;
  product: Map<string, string>;
}

/** Looks up what the ids in the URL are called. */
export function useFilterNames(filters: Filters): FilterNames | undefined {
  const { partner, company, product } = filters;
  const [{ data }] = useQuery({
    query: NamesQuery,
    variables: {
      partners: partner,
      companies: company,
      products: product,
      withPartners: partner.length > 0,
      withCompanies: company.length > 0,
      withProducts: product.length > 0,
    },
    pause: partner.length + company.length + product.length === 0,
  });
  if (!data) return undefined;
  return {
    partner: new Map(data.partners?.nodes.map(({ id, name }) => [id, name])),
    company: new Map(data.companies?.nodes.map(({ id, name }) => [id, name])),
    product: new Map(data.products?.nodes.map(({ id, label }) => [id, label])),
  };
}
