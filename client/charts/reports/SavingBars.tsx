import { useMemo } from 'react';

import { format } from '../../ui/format';
import { useTokens } from '../../ui/tokens';
import { Chart } from '../Chart';
import { useNarrow } from '../useNarrow';
import { type SavingData, savingBars, savingHeight } from './savingBars';

/** Saving by month of expiration; memoise `months`. */
export default function SavingBars({ label, months, currency }: Omit<SavingData, 'narrow'> & { label: string }) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const option = useMemo(() => savingBars({ months, currency, narrow }, format, tokens), [months, currency, narrow, tokens]);
  return <Chart option={option} label={label} height={savingHeight(narrow)} />;
}
