import classes from '../Chart.module.css';

/** One kind of mark of a chart. */
export interface LegendKey {
  label: string;
  /** A meaning of tokens.css such as `over`, or `series-1`, `heat-3`. */
  tone: string;
  look?: 'solid' | 'hatched' | 'hollow';
}

const colorOf = (tone: string) => `var(--sw-${/^(series|heat)/.test(tone) ? tone : `${tone}-mark`})`;

/** The kinds of marks, drawn as the chart draws them. */
export function Legend({ label, keys }: { label: string; keys: readonly LegendKey[] }) {
  return (
    <ul className={classes.legend} aria-label={label}>
      {keys.map(({ label: text, tone, look = 'solid' }) => (
        <li key={text} className={classes.key}>
          <svg width="20" height="12" aria-hidden="true">
            <rect x="1" y="1" width="18" height="10" rx="3" stroke={colorOf(tone)} strokeWidth="1.25" fill={look === 'solid' ? colorOf(tone) : 'none'} />
            {look === 'hatched' && <path d="M4 11 12 1M9 11 17 1" stroke={colorOf(tone)} strokeWidth="1" />}
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}
