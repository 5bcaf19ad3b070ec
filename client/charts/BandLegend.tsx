import type { UtilizationBand } from '../api/generated/graphql';
import { bandMeaning } from '../ui/meaning';
import { bandWord } from '../ui/words';
import classes from './Chart.module.css';

const order: readonly UtilizationBand[] = ['OVER', 'UNLICENSED', 'UNDER', 'WELL'];

const shapes: Readonly<Record<UtilizationBand, string>> = {
  OVER: 'M6 0.5 11.5 6 6 11.5 0.5 6Z',
  UNLICENSED: 'M1.5 1.5h9v9h-9Z',
  UNDER: 'M6 1 11.5 11h-11Z',
  WELL: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10Z',
};

interface BandLegendProps {
  hidden: readonly UtilizationBand[];
  onToggle(band: UtilizationBand): void;
}

/** The bands with the shape and colour of their points; each switches its points off and on. */
export function BandLegend({ hidden, onToggle }: BandLegendProps) {
  return (
    <ul className={classes.legend} aria-label="Bands shown">
      {order.map((band) => (
        <li key={band}>
          <button type="button" className={classes.key} aria-pressed={!hidden.includes(band)} onClick={() => onToggle(band)}>
            <svg width="12" height="12" aria-hidden="true">
              <path d={shapes[band]} fill={`var(--sw-${bandMeaning[band]}-mark)`} />
            </svg>
            {bandWord[band]}
          </button>
        </li>
      ))}
    </ul>
  );
}
