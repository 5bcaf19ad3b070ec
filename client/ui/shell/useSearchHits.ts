import { IconBuilding, IconBuildingStore, IconLicense } from '@tabler/icons-react';
import { useQuery } from 'urql';

import { graphql } from '../../api/generated';
import { useCan, useViewer } from '../../api/session';
import { format } from '../format';
import { navigationOf } from './navigation';

const SearchQuery = graphql(`
  query GlobalSearch($text: String!, $companies: Boolean!, $partners: Boolean!, $licenses: Boolean!) {
    companies(first: 5, filter: { search: $text }, orderBy: { field: NAME }) @include(if: $companies) {
      nodes {
        id
        name
      }
    }
    partners(first: 5, filter: { search: $text }, orderBy: { field: NAME }) @include(if: $partners) {
      nodes {
        id
        name
      }
    }
    licenses(first: 5, filter: { search: $text }, orderBy: { field: END_DATE, direction: DESC }) @include(if: $licenses) {
      nodes {
        id
        company {
          id
          name
        }
        partner {
          id
          name
        }
        product {
          id
          label
        }
        startDate
        endDate
      }
    }
  }
`);

/** One result and where it leads. */
export interface SearchHit {
  href: string;
  name: string;
  detail: string;
  icon: typeof IconLicense;
}

/** Pages whose name has the text in it; known here, so they are there before the server answers. */
function usePageHits(text: string): SearchHit[] {
  const viewer = useViewer();
  if (text === '') return [];
  const wanted = text.toLowerCase();
  return navigationOf(viewer)
    .flatMap((group) => group.items)
    .filter((item) => item.label.toLowerCase().includes(wanted))
    .map(({ path, label, icon }) => ({ href: path, name: label, detail: 'Page', icon }));
}

/** Pages by name, and what the server finds for a text, five of each kind. */
export function useSearchHits(text: string): { hits: SearchHit[]; fetching: boolean; failed: boolean } {
  const companies = useCan('READ_COMPANIES');
  const partners = useCan('READ_PARTNERS');
  const licenses = useCan('READ_LICENSES');
  const pages = usePageHits(text);
  const [{ data, fetching, error }] = useQuery({
    query: SearchQuery,
    variables: { text, companies, partners, licenses },
    pause: text === '',
  });
  if (text === '' || !data) return { hits: pages, fetching, failed: error !== undefined };
  const hits: SearchHit[] = [
    ...pages,
    ...(data.companies?.nodes ?? []).map(({ id, name }) => ({
      href: `/companies/${id}`,
      name,
      detail: 'Company',
      icon: IconBuilding,
    })),
    ...(data.partners?.nodes ?? []).map(({ id, name }) => ({
      href: `/partners/${id}`,
      name,
      detail: 'Partner',
      icon: IconBuildingStore,
    })),
    ...(data.licenses?.nodes ?? []).map(({ id, company, partner, product, startDate, endDate }) => ({
      href: `/licences/${id}`,
      name: `${company?.name ?? partner?.name ?? 'No owner'} · ${product?.label ?? 'unknown product'}`,
      detail: format.range(startDate, endDate),
      icon: IconLicense,
    })),
  ];
  return { hits, fetching, failed: error !== undefined };
}
