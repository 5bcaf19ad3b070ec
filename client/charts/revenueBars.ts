import type { Format } from '../ui/format';
import type { Tokens } from '../ui/tokens';
import { base } from './common';
import type { ChartOption, Figure, Mark } from './types';

/** What the revenue chart draws. */
export interface RevenueData {
  figures: readonly Figure[];
  href(figure: Figure): string;
}

/** A decimal string as a length: the one place where money becomes a float, and it is never shown. */
const lengthOf = (figure: Figure) => (figure.converted ? Number.parseFloat(figure.converted.money.amount) : 0);

/** The longest bar first; currencies without a rate have no length and come last. */
function byLength(figures: readonly Figure[]): Figure[] {
  return [...figures].sort((a, b) => lengthOf(b) - lengthOf(a));
}

/** One sentence below the chart: what the lengths compare and which rate is missing; null when neither is to be said. */
export function revenueNote(figures: readonly Figure[], target: string, format: Format): string | null {
  const foreign = figures.find((figure) => figure.converted && figure.currency !== target)?.converted;
  const missing = figures.filter((figure) => !figure.converted).map((figure) => figure.currency);
  const lengths = foreign ? `Bar length compares in ${target} at rates of ${format.date(foreign.rateDate)} (${foreign.source}).` : '';
  const gaps = missing.length > 0 ? `No rate for ${missing.join(', ')}: amount without a bar.` : '';
  return `${lengths} ${gaps}`.trim() || null;
}

/** Height that gives every currency its line of text and its bar. */
export const revenueHeight = (currencies: number) => Math.max(1, currencies) * 56 + 8;

function figureMark(figure: Figure, href: string, format: Format): Mark {
  const { converted } = figure;
  return {
    href,
    title: figure.currency,
    lines: [
      ['Annual value', format.money(figure.annualValue, { code: true })],
      converted
        ? [`≈ at rates of ${format.date(converted.rateDate)}`, format.money(converted.money, { code: true })]
        : ['Converted', 'no rate'],
      ['Rounds in force', format.integer(figure.rounds)],
      ['Seats', format.integer(figure.seats)],
    ],
    action: 'Click opens the licences',
  };
}

/** Revenue by currency: the exact amount as text, the length in the reporting currency, never a sum of currencies. */
export function revenueBars(data: RevenueData, format: Format, tokens: Tokens): ChartOption {
  const figures = byLength(data.figures);
  const code = figures.length > 1;
  return {
    ...base(tokens, figures.length),
    grid: { left: 0, right: 2, top: 16, bottom: 0, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: 0, show: false },
    yAxis: { type: 'category', inverse: true, show: false, data: figures.map((figure) => figure.currency) },
    series: [{
      type: 'bar', barWidth: 8, showBackground: true,
      backgroundStyle: { color: tokens.sunken, borderRadius: 4 },
      itemStyle: { color: tokens.series[0], borderRadius: 4 },
      emphasis: { itemStyle: { color: tokens.series[0], opacity: 0.8 } },
      data: figures.map((figure) => ({
        value: lengthOf(figure),
        mark: figureMark(figure, data.href(figure), format),
        label: {
          show: true, position: [0, -16] as [number, number], align: 'left' as const, verticalAlign: 'middle' as const,
          formatter: `{amount|${format.money(figure.annualValue, { code })}}   {more|${format.integer(figure.seats)} seats}`,
          rich: {
            amount: { color: tokens.text, fontSize: 14, fontWeight: 600 },
            more: { color: tokens.text3, fontSize: 12 },
          },
        },
      })),
    }],
  };
}
