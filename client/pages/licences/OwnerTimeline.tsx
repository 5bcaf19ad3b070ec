import { lazy, useCallback, useMemo } from 'react';
import { useQuery } from 'urql';

import { graphql } from '../../api/generated';
import { ChartCard } from '../../ui/chart/ChartCard';
import type { Column } from '../../ui/columns';
import { linkTo, ownerFilter } from '../../ui/filters/links';
import { useAsOf } from '../../ui/filters/state';
import { format } from '../../ui/format';
import { Empty } from '../../ui/states';
import { statusWord } from '../../ui/words';
import type { Round } from '../../charts/types';
import { type Licence, licenceHref } from './licenceRow';

const LicenseTimeline = lazy(() => import('../../charts/LicenseTimeline'));

const OwnerRounds = graphql(`
  query OwnerRounds($filter: LicenseFilter, $asOf: Date) {
    licenses(first: 100, filter: $filter, orderBy: { field: END_DATE, direction: DESC }, asOf: $asOf) {
      nodes {
        id
        startDate
        endDate
        graceEndDate
        seats
        lifecycleStatus(asOf: $asOf)
        product {
          id
          label
        }
      }
    }
  }
`);

const columns: Column<Round>[] = [
  { key: 'id', header: 'Id', value: (round) => round.id },
  { key: 'product', header: 'Product', value: (round) => round.productLabel },
  { key: 'start', header: 'Start', value: (round) => round.startDate, cell: (round) => format.date(round.startDate) },
  { key: 'end', header: 'End', value: (round) => round.endDate ?? null, cell: (round) => format.date(round.endDate) },
  { key: 'seats', header: 'Seats', numeric: true, value: (round) => round.seats, cell: (round) => format.integer(round.seats) },
  { key: 'status', header: 'Status', value: (round) => statusWord[round.lifecycleStatus] },
];

/** The rounds of one owner, one row a product, so that renewals and gaps are seen. */
export function OwnerTimeline({ owner }: { owner: NonNullable<Licence['owner']> }) {
  const asOf = useAsOf();
  const kind = owner.__typename === 'Company' ? 'COMPANY' as const : 'PARTNER' as const;
  const filter = useMemo(
    () => (kind === 'COMPANY' ? { company: { eq: owner.id } } : { partner: { eq: owner.id }, ownerType: 'PARTNER' as const }),
    [kind, owner.id],
  );
  const [result, read] = useQuery({ query: OwnerRounds, variables: { filter, asOf } });
  const nodes = result.data?.licenses.nodes;
  const rounds = useMemo(() => (nodes ?? []).map((node): Round => ({
    ...node, ownerKey: node.product?.id ?? '', ownerName: node.product?.label ?? 'Unknown product', productLabel: node.product?.label ?? 'Unknown product',
  })), [nodes]);
  const href = useCallback((round: Round) => licenceHref(round), []);
  return (
    <ChartCard
      id="rounds" title={`What else does ${owner.name} hold?`} field="License.lifecycleStatus" hint="One row a product; overlapping rounds below each other."
      columns={columns} rows={rounds} rowKey={(round) => round.id} csvName={`licences of ${owner.name} ${asOf}`}
      rowsHref={linkTo('/licences', {}, ownerFilter(kind, owner.id))} height={120} loading={!result.data && !result.error} stale={result.stale}
      error={result.error} retry={() => read({ requestPolicy: 'network-only' })} empty={<Empty title="No licence rounds" />}
    >
      <LicenseTimeline rounds={rounds} asOf={asOf} label={`Timeline of ${rounds.length} licence rounds of ${owner.name}.`} href={href} />
    </ChartCard>
  );
}
