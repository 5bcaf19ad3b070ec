import { useMemo } from 'react';

import { format } from '../ui/format';
import { useTokens } from '../ui/tokens';
import { Chart } from './Chart';
import classes from './Chart.module.css';
import { revenueBars, revenueHeight, revenueNote } from './revenueBars';
import type { Figure } from './types';

interface RevenueBarsProps {
  figures: readonly Figure[];
  /** The currency that lengths are compared in. */
  target: string;
  label: string;
  /** Memoise it: a new function draws the chart anew. */
  href(figure: Figure): string;
}

/** Revenue by currency: exact amounts, with bars that compare them in the reporting currency. */
export default function RevenueBars({ figures, target, label, href }: RevenueBarsProps) {
  const tokens = useTokens();
  const option = useMemo(() => revenueBars({ figures, href }, format, tokens), [figures, href, tokens]);
  const note = revenueNote(figures, target, format);
  return (
    <>
      <Chart option={option} label={label} height={revenueHeight(figures.length)} />
      {note && <p className={classes.note}>{note}</p>}
    </>
  );
}
