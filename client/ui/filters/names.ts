import { useQuery } from 'urql';

import { graphql } from '../../api/generated';
import { useEmbedding } from '../embedding';
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
  const embedding = useEmbedding();
  const known = embedding?.names;
  // The names of locked values came with them; others may not even be asked for.
  const asked = (key: keyof FilterNames) => (embedding && key in embedding.locked ? [] : filters[key]);
  const [partner, company, product] = [asked('partner'), asked('company'), asked('product')];
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
  if (!data) return known;
  return {
    partner: new Map([...(known?.partner ?? []), ...(data.partners?.nodes ?? []).map(({ id, name }) => [id, name] as const)]),
    company: new Map([...(known?.company ?? []), ...(data.companies?.nodes ?? []).map(({ id, name }) => [id, name] as const)]),
    product: new Map([...(known?.product ?? []), ...(data.products?.nodes ?? []).map(({ id, label }) => [id, label] as const)]),
  };
}
