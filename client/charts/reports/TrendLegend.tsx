import classes from '../Chart.module.css';
import { type BarMovement, movementSeries } from './trendBars';
import { gains, losses, movementWord } from './trendWords';

interface TrendLegendProps {
  hidden: readonly BarMovement[];
  /** Movements that can't occur in this unit and mode: no key for them. */
  absent: readonly BarMovement[];
  onToggle(movement: BarMovement): void;
}

function Swatch({ movement }: { movement: BarMovement }) {
  const color = `var(--sw-series-${movementSeries[movement] + 1})`;
  return (
    <svg width="14" height="12" aria-hidden="true">
      <rect x="1" y="1" width="12" height="10" rx="2" fill={movement === 'renewed' ? 'none' : color} stroke={color} strokeWidth="1.25" />
    </svg>
  );
}

/** The movements, each switched off and on by a press; net and the running interval are explained beside them. */
export function TrendLegend({ hidden, absent, onToggle }: TrendLegendProps) {
  return (
    <ul className={classes.legend} aria-label="Movements shown">
      {[...gains, ...losses].filter((movement) => !absent.includes(movement)).map((movement) => (
        <li key={movement}>
          <button type="button" className={classes.key} aria-pressed={!hidden.includes(movement)} onClick={() => onToggle(movement)}>
            <Swatch movement={movement} />
            {movementWord[movement]}
          </button>
        </li>
      ))}
      <li className={classes.key}>
        <svg width="20" height="12" aria-hidden="true">
          <path d="M1 6h18" stroke="var(--sw-text)" strokeWidth="1.5" />
          <circle cx="10" cy="6" r="3" fill="var(--sw-text)" />
        </svg>
        {movementWord.net}
      </li>
    </ul>
  );
}
