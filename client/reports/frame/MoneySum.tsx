import type { CombinedError } from 'urql';

import { format, type MoneyLike } from '../../ui/format';
import classes from './frame.module.css';

/** A sum per currency and, where it was asked for, all of it in the reporting currency. */
export interface Sum {
  amounts: readonly MoneyLike[];
  converted?: { money: MoneyLike; rates: readonly { currency: string; rateDate: string; source: string }[] } | null;
}

/** "rates of 20 Nov 2026 (ECB)": the first rate that is not a currency against itself. */
export function rateNote({ converted }: Sum): string | null {
  const rate = converted?.rates.find(({ currency }) => currency !== converted.money.currency);
  return rate ? `rates of ${format.date(rate.rateDate)} (${rate.source})` : null;
}

/** Why there is no converted total: the server names the missing rate in an error of that field alone. */
export function missingRate(error: CombinedError | undefined, field: string): string | null {
  const own = error?.graphQLErrors.find(({ path }) => path?.includes(field) && path.includes('converted'));
  return own?.message ?? null;
}

/** A sum of money: one line per currency, never added together; the converted total below, marked ≈, with its rates. */
export function MoneySum({ sum, none = '–', reason }: { sum: Sum | null | undefined; none?: string; reason?: string | null }) {
  if (!sum || sum.amounts.length === 0) return <span>{none}</span>;
  const several = sum.amounts.length > 1;
  const note = rateNote(sum);
  return (
    <span className={classes['sum']}>
      {sum.amounts.map((amount) => (
        <span key={amount.currency}>{format.money(amount, { code: several })}</span>
      ))}
      {sum.converted && (several || sum.converted.money.currency !== sum.amounts[0]?.currency) && (
        <span className={classes['converted']} title={note ?? undefined}>
          ≈ {format.money(sum.converted.money, { code: true })}
        </span>
      )}
      {!sum.converted && reason && <span className={classes['converted']}>{reason}</span>}
    </span>
  );
}
