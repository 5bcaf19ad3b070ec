import { Link } from 'react-router';

import { useReachable } from '../../ui/embedding';
import { format } from '../../ui/format';
import classes from './ShareBar.module.css';

/** One part of a whole. */
export interface SharePart {
  key: string;
  label: string;
  value: number;
  /** A meaning of tokens.css (`well`, `under`, `over`, `unlicensed`, `scheduled`, `perpetual`, `expired`), `series-1` … `series-6`, `series-other` or `heat-1` … `heat-6`. */
  tone: string;
  /** Diagonal lines: held back, reverted, not final. */
  hatched?: boolean;
  hollow?: boolean;
  /** Where the part leads. */
  href?: string;
  title?: string;
}

const markOf = (tone: string) => `var(--sw-${/^(series|heat)/.test(tone) ? tone : `${tone}-mark`})`;

/** One bar of 100 %, its parts as long as their values; the flex box divides, so that no share is computed here. */
export function ShareBar({ label, parts }: { label: string; parts: readonly SharePart[] }) {
  const reachable = useReachable();
  const shown = parts.filter(({ value }) => value > 0);
  const spoken = parts.map((part) => `${part.label} ${format.integer(part.value)}`).join(', ');
  return (
    <div className={classes['frame']}>
      <div className={classes['bar']} role="img" aria-label={`${label}: ${spoken}`}>
        {shown.map((part) => (
          <span
            key={part.key}
            className={classes['part']}
            data-hatched={part.hatched || undefined}
            data-hollow={part.hollow || undefined}
            style={{ flexGrow: part.value, ['--tone' as string]: markOf(part.tone) }}
            title={`${part.label}: ${format.integer(part.value)}`}
          />
        ))}
      </div>
      <ul className={classes['legend']}>
        {parts.map((part) => {
          const words = (
            <>
              <span aria-hidden className={classes['key']} data-hatched={part.hatched || undefined} data-hollow={part.hollow || undefined} style={{ ['--tone' as string]: markOf(part.tone) }} />
              {part.label} <strong>{format.integer(part.value)}</strong>
            </>
          );
          const href = reachable(part.href);
          return <li key={part.key} title={part.title}>{href ? <Link to={href}>{words}</Link> : words}</li>;
        })}
      </ul>
    </div>
  );
}
