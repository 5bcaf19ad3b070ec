import type { Format, MoneyLike } from '../../ui/format';
import type { Tokens } from '../../ui/tokens';
import { axisLabel, base, splitLine } from '../common';
import type { ChartOption } from '../types';

/** The part of a `ReclamationMonth` the chart reads. */
export interface SavingMonth {
  month?: string | null;
  licenses: number;
  seats: number;
  saving?: { amounts: readonly MoneyLike[] } | null | undefined;
}

/** What the chart draws: the saving of one currency, or seats for those who may not see amounts. */
export interface SavingData {
  months: readonly SavingMonth[];
  /** Null: seats. */
  currency: string | null;
  narrow?: boolean;
}

const amountOf = (month: SavingMonth, currency: string) => month.saving?.amounts.find((amount) => amount.currency === currency);

/** A length; money becomes a float here, and is never shown. */
function lengthOf(month: SavingMonth, currency: string | null): number {
  return currency === null ? month.seats : Number.parseFloat(amountOf(month, currency)?.amount ?? '0');
}

/** Above this many months the amounts no longer fit over their bars; they stay one hover away. */
const mostLabels = { wide: 14, narrow: 4 };

/** Height of the chart. */
export const savingHeight = (narrow: boolean) => (narrow ? 220 : 260);

/** Saving by the month in which licences expire, since that is when seats can be given up; those without an end last. */
export function savingBars(data: SavingData, format: Format, tokens: Tokens): ChartOption {
  const { months, currency, narrow = false } = data;
  const labelled = months.length <= (narrow ? mostLabels.narrow : mostLabels.wide);
  const exact = (month: SavingMonth) => (currency === null ? '' : format.money(amountOf(month, currency), { code: true }));
  // The currency stands above the chart; over a bar there is room for whole units only.
  const short = (month: SavingMonth) => (currency === null ? format.integer(month.seats) : format.decimal(amountOf(month, currency)?.amount, 0));
  const color = tokens.series[0] ?? tokens.brand;
  return {
    ...base(tokens, months.length),
    grid: { left: 64, right: 8, top: 24, bottom: 28, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category', data: months.map(({ month }) => (month ? format.month(month) : 'No end')), axisTick: { show: false },
      axisLine: { lineStyle: { color: tokens.line } }, axisLabel: { ...axisLabel(tokens), hideOverlap: true },
    },
    yAxis: {
      type: 'value', min: 0, splitNumber: narrow ? 2 : 4, splitLine: splitLine(tokens),
      axisLabel: { ...axisLabel(tokens), formatter: (value: number) => format.compact(value) },
    },
    series: [{
      type: 'bar', barMaxWidth: 40, emphasis: { itemStyle: { opacity: 0.8 } },
      data: months.map((month) => ({
        value: lengthOf(month, currency),
        mark: {
          title: month.month ? format.month(month.month) : 'No end',
          lines: [
            ...(currency === null ? [] : [['Saving a year', exact(month)] as const]),
            ['Seats', format.integer(month.seats)] as const,
            ['Licences', format.integer(month.licenses)] as const,
          ],
        },
        // Without an end there is no month to wait for: the bar is hollow, so that it does not read as one.
        itemStyle: month.month
          ? { color, borderRadius: [3, 3, 0, 0] }
          : { color: tokens.surface, borderColor: color, borderWidth: 1.5, borderRadius: [3, 3, 0, 0] },
        label: { show: labelled && lengthOf(month, currency) > 0, position: 'top' as const, color: tokens.text2, fontSize: 12, formatter: short(month) },
      })),
    }],
  };
}
