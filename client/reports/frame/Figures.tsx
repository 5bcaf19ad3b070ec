import type { ReactNode } from 'react';

import { FigureCard } from '../../ui/FigureCard';
import { format, type MoneyLike } from '../../ui/format';
import type { DescribedField } from '../../ui/Term';
import classes from './frame.module.css';
import { rateNote, type Sum } from './MoneySum';

/** The figures of a report in one row, dimmed while they answer an earlier question. */
export function Figures({ stale, children }: { stale?: boolean; children: ReactNode }) {
  return (
    <section aria-label="Key figures" className={classes['figures']} data-stale={stale || undefined}>
      {children}
    </section>
  );
}

/** Lines of context under a figure. */
export function Lines({ children }: { children: ReactNode[] }) {
  return <div className={classes['lines']}>{children.map((line, index) => line && <div key={index}>{line}</div>)}</div>;
}

/** At most so many currencies under a figure; the others are in the tables. */
const mostCurrencies = 10;

function Amounts({ amounts }: { amounts: readonly MoneyLike[] }) {
  return (
    <span className={classes['amounts']}>
      {amounts.map((amount) => (
        <span key={amount.currency} title={format.money(amount, { code: true })}>
          {format.money(amount, { code: true, compact: true })}
        </span>
      ))}
    </span>
  );
}

/**
 * A sum of money as a key figure. One currency stands as it is; several only as the server's converted total, marked ≈,
 * with each currency below and the day of the rates; without a rate the reason stands in its place.
 */
export function MoneyFigure({
  label,
  field,
  sum,
  reason,
  context,
  none = '–',
  loading = false,
}: {
  label: string;
  field: DescribedField;
  sum: Sum | null | undefined;
  /** Why there is no converted total, from `missingRate`. */
  reason?: string | null;
  context?: ReactNode;
  /** What an empty sum says. */
  none?: string;
  loading?: boolean;
}) {
  const amounts = sum?.amounts ?? [];
  const [first] = amounts;
  const several = amounts.length > 1;
  const total = sum?.converted;
  const value = !first ? none : several ? (total ? `≈ ${format.money(total.money, { compact: true })}` : '–') : format.money(first, { compact: true });
  const exact = !first ? undefined : several ? (total ? `about ${format.money(total.money, { code: true })}` : undefined) : format.money(first);
  const shown = several ? amounts.slice(0, mostCurrencies) : [];
  const note = several && sum ? (total ? `at ${rateNote(sum) ?? 'the rates of the day'}` : reason) : null;
  return (
    // Wider than a count: a line of amounts needs the room.
    <div className={classes['money']}>
      <FigureCard
        label={label}
        field={field}
        loading={loading}
        value={value}
        exact={exact}
        context={
          <Lines>
            {[context, shown.length > 0 && <Amounts amounts={shown} />, several && amounts.length > mostCurrencies && `and ${amounts.length - mostCurrencies} more currencies`, note]}
          </Lines>
        }
      />
    </div>
  );
}
