import { useMemo } from 'react';

import { format } from '../../ui/format';
import { useTokens } from '../../ui/tokens';
import { Chart } from '../Chart';
import { useNarrow } from '../useNarrow';
import { type BucketData, bucketsHeight, expiryBars } from './expiryBars';
import { Legend, type LegendKey } from './Legend';

const keys: readonly LegendKey[] = [
  { label: 'At risk', tone: 'series-1' },
  { label: 'At risk, in grace', tone: 'under' },
  { label: 'Renewed', tone: 'series-1', look: 'hatched' },
];

/** What expires by bucket, the renewed part hatched; memoise `buckets`, `measured` and `href`. */
export default function ExpiryBars({ label, buckets, words, measured, href }: Omit<BucketData, 'narrow'> & { label: string }) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const option = useMemo(() => expiryBars({ buckets, words, measured, href, narrow }, format, tokens), [buckets, words, measured, href, narrow, tokens]);
  return (
    <>
      <Legend label="Marks" keys={keys} />
      <Chart option={option} label={label} height={bucketsHeight(buckets.length)} />
    </>
  );
}
