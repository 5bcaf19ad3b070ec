import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useQuery } from 'urql';

import { graphql } from '../../api/generated';
import { Skeleton } from '../states';
import { CheckList, type Option } from './CheckList';
import { useFilterNames } from './names';
import classes from './pickers.module.css';
import { noFilters } from './urlState';

const HitsQuery = graphql(`
  query FilterHits($search: String, $partner: Boolean!, $company: Boolean!, $product: Boolean!) {
    partners(first: 20, filter: { search: $search }, orderBy: { field: NAME }) @include(if: $partner) {
      nodes {
        id
        name
      }
    }
    companies(first: 20, filter: { search: $search }, orderBy: { field: NAME }) @include(if: $company) {
      nodes {
        id
        name
      }
    }
    products(first: 20, filter: { search: $search }, orderBy: { field: LABEL }) @include(if: $product) {
      nodes {
        id
        code
        label
      }
    }
  }
`);

type Kind = 'partner' | 'company' | 'product';

const placeholder: Record<Kind, string> = {
  partner: 'Search partners',
  company: 'Search companies',
  product: 'Search products',
};

/** Picks partners, companies or products; the server searches and gives the first 20, those chosen stay on top. */
export function EntityPicker({
  kind,
  selected,
  onChange,
}: {
  kind: Kind;
  selected: string[];
  onChange: (ids: string[]) => void;
}) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 200);
  const [{ data, fetching, error }] = useQuery({
    query: HitsQuery,
    variables: {
      search: search === '' ? null : search,
      partner: kind === 'partner',
      company: kind === 'company',
      product: kind === 'product',
    },
  });
  const names = useFilterNames({ ...noFilters, [kind]: selected });
  const nodes = data?.partners?.nodes ?? data?.companies?.nodes ?? data?.products?.nodes ?? [];
  const hits: Option[] = nodes.map((node) => ({ value: node.id, label: 'name' in node ? node.name : node.label }));
  const chosen: Option[] = selected.map((value) => ({ value, label: names?.[kind].get(value) ?? `${kind} ${value}` }));
  const rest = hits.filter(({ value }) => !selected.includes(value));
  return (
    <div className={classes['picker']}>
      <input
        type="search"
        className={classes['input']}
        placeholder={placeholder[kind]}
        aria-label={placeholder[kind]}
        value={text}
        data-autofocus
        onChange={(event) => setText(event.target.value)}
      />
      {error && <p className={classes['note']}>The list could not be loaded. Close and open it again.</p>}
      {!data && fetching ? (
        <Skeleton height={180} />
      ) : (
        <CheckList label={placeholder[kind]} options={[...chosen, ...rest]} selected={selected} onChange={onChange} />
      )}
      {data && hits.length === 0 && <p className={classes['note']}>Nothing matches “{search}”.</p>}
      {hits.length === 20 && <p className={classes['note']}>First 20. Type to find others.</p>}
    </div>
  );
}
