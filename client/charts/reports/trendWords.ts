import type { TrendInterval } from '../../api/generated/graphql';
import type { Format, MoneyLike } from '../../ui/format';

/** A movement: in licences or seats, or in money. */
export type Amount = number | MoneyLike;

/** The movements that are drawn as bars: what came on top of the axis, what went below it. */
export const gains = ['new', 'reactivated', 'expansion', 'renewed'] as const;
export const losses = ['expired', 'contraction'] as const;

/** Every column of the trend. */
export type Movement = (typeof gains)[number] | (typeof losses)[number] | 'opening' | 'net' | 'closing';

/** A movement in words. */
export const movementWord: Record<Movement, string> = {
  opening: 'Opening', new: 'New', renewed: 'Renewed', reactivated: 'Reactivated', expansion: 'Expansion',
  contraction: 'Contraction', expired: 'Expired', net: 'Net', closing: 'Closing',
};

/** One interval of the trend in the unit that is shown. */
export interface TrendStep {
  from: string;
  to: string;
  incomplete: boolean;
  flow: Record<Movement, Amount>;
}

/** An amount as people read it. */
export function amountText(amount: Amount, format: Format): string {
  return typeof amount === 'number' ? format.integer(amount) : format.money(amount);
}

/** The name of an interval: "Mar 2026", "Q1 2026". */
export function intervalText(from: string, interval: TrendInterval, format: Format): string {
  if (interval === 'MONTH') return format.month(from);
  const [year = '', month = '1'] = from.split('-');
  return `Q${Math.ceil(Number(month) / 3)} ${year}`;
}
