import { useMemo, useState } from 'react';

import type { UtilizationBand } from '../api/generated/graphql';
import { format } from '../ui/format';
import { useTokens } from '../ui/tokens';
import { BandLegend } from './BandLegend';
import { Chart } from './Chart';
import { loadParts } from './parts';
import type { Limits, Line } from './types';
import { useNarrow } from './useNarrow';
import { utilizationScatter } from './utilizationScatter';

interface UtilizationScatterProps {
  lines: readonly Line[];
  limits: Limits;
  label: string;
  /** Memoise it: a new function draws the chart anew. */
  href(line: Line): string;
  height?: number;
}

/** Licences against active users, one point an owner; the bands switch on and off above the plot. */
export default function UtilizationScatter({ lines, limits, label, href, height }: UtilizationScatterProps) {
  const tokens = useTokens();
  const narrow = useNarrow();
  const [hidden, setHidden] = useState<readonly UtilizationBand[]>([]);
  // Zooming is for a pointer over the plot: until there is one, its code stays away.
  const [zoom, setZoom] = useState(false);
  const option = useMemo(
    () => utilizationScatter({ lines, limits, href, hidden, narrow, zoom }, format, tokens),
    [lines, limits, href, hidden, narrow, zoom, tokens],
  );
  const toggle = (band: UtilizationBand) =>
    setHidden((bands) => (bands.includes(band) ? bands.filter((one) => one !== band) : [...bands, band]));
  return (
    <>
      <BandLegend hidden={hidden} onToggle={toggle} />
      <div onPointerEnter={zoom ? undefined : () => void loadParts(['zoom']).then(() => setZoom(true))}>
        <Chart option={option} label={label} height={height ?? (narrow ? 260 : 368)} />
      </div>
    </>
  );
}
