import { useQuery } from 'urql';

import { graphql } from '../../api/generated';
import { useCan } from '../../api/session';

const OwnerHits = graphql(`
  query OwnerHits($search: String, $companies: Boolean!, $partners: Boolean!) {
    companies(first: 20, filter: { search: $search }, orderBy: { field: NAME }) @include(if: $companies) {
      nodes {
        id
        name
      }
    }
    partners(first: 20, filter: { search: $search }, orderBy: { field: NAME }) @include(if: $partners) {
      nodes {
        id
        name
      }
    }
  }
`);

const ProductHits = graphql(`
  query ProductHits($search: String) {
    products(first: 20, filter: { search: $search }, orderBy: { field: LABEL }) {
      nodes {
        id
        code
        label
      }
    }
  }
`);

/** Companies and partners a licence may belong to. */
export function useOwnerHits(search: string) {
  const [{ data, fetching }] = useQuery({
    query: OwnerHits,
    variables: { search: search || null, companies: useCan('READ_COMPANIES'), partners: useCan('READ_PARTNERS') },
  });
  const groups = [
    { group: 'Companies', items: (data?.companies?.nodes ?? []).map(({ id, name }) => ({ value: `Company:${id}`, label: name })) },
    { group: 'Partners', items: (data?.partners?.nodes ?? []).map(({ id, name }) => ({ value: `Partner:${id}`, label: name })) },
  ].filter(({ items }) => items.length > 0);
  return { groups, fetching };
}

/** Products by label or code. */
export function useProductHits(search: string) {
  const [{ data, fetching }] = useQuery({ query: ProductHits, variables: { search: search || null } });
  const items = (data?.products.nodes ?? []).map(({ id, label, code }) => ({ value: id, label: `${label} (${code})` }));
  return { groups: items.length > 0 ? [{ group: 'Products', items }] : [], fetching };
}

const PartnerHits = graphql(`
  query PartnerHits($search: String) {
    partners(first: 20, filter: { search: $search }, orderBy: { field: NAME }) {
      nodes {
        id
        name
      }
    }
  }
`);

/** Partners a company may belong to. */
export function usePartnerHits(search: string) {
  const [{ data, fetching }] = useQuery({ query: PartnerHits, variables: { search: search || null } });
  const items = (data?.partners.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return { groups: items.length > 0 ? [{ group: 'Partners', items }] : [], fetching };
}
