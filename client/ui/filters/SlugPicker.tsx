import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useQuery } from 'urql';

import { graphql } from '../../api/generated';
import { Skeleton } from '../states';
import { CheckList, type Option } from './CheckList';
import classes from './pickers.module.css';

const SlugsQuery = graphql(`
  query FilterSlugs($search: String, $filter: ReportFilter) {
    effectiveLicensePosition(by: PRODUCT, filter: $filter) {
      lines(first: 20, search: $search, orderBy: { field: NAME, direction: ASC }) {
        nodes {
          key
          name
          productSlug
        }
      }
    }
  }
`);

/** Picks products over all sources by slug: those that any licence in scope has, found by the server, 20 at a time. */
export function SlugPicker({ selected, onChange }: { selected: string[]; onChange: (slugs: string[]) => void }) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 200);
  const [{ data, fetching, error }] = useQuery({ query: SlugsQuery, variables: { search: search === '' ? null : search } });
  const lines = data?.effectiveLicensePosition.lines.nodes ?? [];
  const hits: Option[] = lines.flatMap(({ productSlug, name }) =>
    productSlug ? [{ value: productSlug, label: name && name !== productSlug ? `${name} (${productSlug})` : productSlug }] : [],
  );
  const chosen: Option[] = selected.map((value) => hits.find((hit) => hit.value === value) ?? { value, label: value });
  const rest = hits.filter(({ value }) => !selected.includes(value));
  return (
    <div className={classes['picker']}>
      <input
        type="search"
        className={classes['input']}
        placeholder="Search products"
        aria-label="Search products"
        value={text}
        data-autofocus
        onChange={(event) => setText(event.target.value)}
      />
      {error && <p className={classes['note']}>The list could not be loaded. Close and open it again.</p>}
      {!data && fetching ? (
        <Skeleton height={180} />
      ) : (
        <CheckList label="Product" options={[...chosen, ...rest]} selected={selected} onChange={onChange} />
      )}
      {data && hits.length === 0 && <p className={classes['note']}>{search === '' ? 'No licence has a product.' : `Nothing matches “${search}”.`}</p>}
      {hits.length === 20 && <p className={classes['note']}>First 20. Type to find others.</p>}
    </div>
  );
}
