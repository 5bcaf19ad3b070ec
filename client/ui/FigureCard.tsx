import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { useReachable } from './embedding';
import classes from './FigureCard.module.css';
import { Skeleton } from './states';
import { type DescribedField, Term } from './Term';

/** One key figure: what it is, its value, a line of context. The whole card leads to the rows behind it, where there are some. */
export function FigureCard({
  label,
  field,
  value,
  exact,
  context,
  to: wanted,
  loading = false,
}: {
  label: string;
  field: DescribedField;
  value: ReactNode;
  /** The unrounded value, where `value` is compact. */
  exact?: string | undefined;
  context?: ReactNode;
  to?: string | undefined;
  loading?: boolean;
}) {
  const to = useReachable()(wanted);
  const content = (
    <>
      <span className="sw-visually-hidden">{label}: </span>
      {value}
      {exact !== undefined && <span className="sw-visually-hidden">, exactly {exact}</span>}
    </>
  );
  return (
    <div className={classes['card']}>
      <div className={classes['label']}>
        <Term field={field}>{label}</Term>
      </div>
      {loading ? (
        <Skeleton height={72} />
      ) : (
        <>
          {to === undefined ? (
            <div className={classes['value']} title={exact}>
              {content}
            </div>
          ) : (
            <Link to={to} className={classes['value']} title={exact}>
              {content}
            </Link>
          )}
          <div className={classes['context']}>{context}</div>
        </>
      )}
    </div>
  );
}
