import classes from './Logo.module.css';

/** The mark and name; the mark alone where there is no room. */
export function Logo({ compact = false }: { compact?: boolean }) {
  return (
    <span className={classes['logo']}>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden>
        <rect width="32" height="32" rx="8" className={classes['tile']} />
        <g fill="#fff">
          <rect x="7" y="17" width="5" height="8" rx="1.5" />
          <rect x="13.5" y="12" width="5" height="13" rx="1.5" />
          <rect x="20" y="7" width="5" height="18" rx="1.5" fillOpacity=".55" />
        </g>
      </svg>
      <span className={compact ? 'sw-visually-hidden' : classes['name']}>Seatwise</span>
    </span>
  );
}
