import { useMemo, useRef, useState } from 'react';

import type { UtilizationBand } from '../api/generated/graphql';
import { Button } from '../ui/Button';
import { format } from '../ui/format';
import { useTokens } from '../ui/tokens';
import { BandLegend } from './BandLegend';
import { Chart } from './Chart';
import classes from './Chart.module.css';
import type { Limits, Line } from './types';
import { useNarrow } from './useNarrow';
import { scatterMargins, utilizationScatter } from './utilizationScatter';
import { useZoom } from './useZoom';
import { isZoomed } from './zoom';

interface UtilizationScatterProps {
  lines: readonly Line[];
  limits: Limits;
  label: string;
  /** Memoise it: a new function draws the chart anew. */
  href(line: Line): string;
  height?: number;
}

/** Licences against active users, one point an owner; the bands switch on and off above the plot, Ctrl and the wheel zoom. */
export default function UtilizationScatter({ lines, limits, label, href, height }: UtilizationScatterProps) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const [hidden, setHidden] = useState<readonly UtilizationBand[]>([]);
  const plot = useRef<HTMLDivElement>(null);
  const { view, onKeyDown, reset } = useZoom(plot, scatterMargins);
  const option = useMemo(
    () => utilizationScatter({ lines, limits, href, hidden, narrow, view }, format, tokens),
    [lines, limits, href, hidden, narrow, view, tokens],
  );
  const toggle = (band: UtilizationBand) =>
    setHidden((bands) => (bands.includes(band) ? bands.filter((one) => one !== band) : [...bands, band]));
  return (
    <>
      <div className={classes.head}>
        <BandLegend hidden={hidden} onToggle={toggle} />
        {isZoomed(view) && <Button kind="subtle" onClick={reset}>Reset zoom</Button>}
      </div>
      <div ref={plot} onKeyDown={onKeyDown}>
        <Chart option={option} label={label} height={height ?? (narrow ? 260 : 368)} />
      </div>
    </>
  );
}
