import type { Format } from '../../ui/format';
import type { Tokens } from '../../ui/tokens';
import { base } from '../common';
import type { ChartOption, Mark } from '../types';

/** A quotient of the API with its parts. */
export interface Share {
  numerator: number;
  denominator: number;
  value?: number | null;
}

/** One step of the funnel as the chart reads it. */
export interface FunnelBar {
  key: string;
  name: string;
  count: number;
  shareOfStarted: Share;
  shareOfPrevious: Share;
  /** Neither success nor failure by itself: drawn in grey. */
  aside: boolean;
}

/** What the funnel draws. */
export interface FunnelData {
  steps: readonly FunnelBar[];
  narrow?: boolean;
}

const rowHeights = { wide: 64, narrow: 80 };

/** Height of the chart: a line of words (two on a phone) and a bar a step. */
export const funnelHeight = (steps: number, narrow: boolean) => Math.max(1, steps) * (narrow ? rowHeights.narrow : rowHeights.wide);

const parts = (share: Share, format: Format) => `${format.percent(share.value)} (${format.integer(share.numerator)} of ${format.integer(share.denominator)})`;

function stepMark(step: FunnelBar, first: boolean, format: Format): Mark {
  return {
    title: step.name,
    lines: [
      ['Trials', format.integer(step.count)],
      ...(first ? [] : [['Of started', parts(step.shareOfStarted, format)] as const, ['Of the step before', parts(step.shareOfPrevious, format)] as const]),
    ],
  };
}

function words(step: FunnelBar, first: boolean, narrow: boolean, format: Format): string {
  const shares = `${format.percent(step.shareOfStarted.value)} of started · ${format.percent(step.shareOfPrevious.value)} of the step before`;
  const head = `{name|${step.name}}  {count|${format.integer(step.count)}}`;
  if (first) return head;
  return narrow ? `${head}\n{share|${shares}}` : `${head}{share|${shares}}`;
}

/** The steps as bars on one scale, never as a narrowing shape: they are not nested. */
export function funnelBars(data: FunnelData, format: Format, tokens: Tokens): ChartOption {
  const { steps } = data;
  const narrow = data.narrow ?? false;
  return {
    ...base(tokens, steps.length),
    grid: { left: 0, right: 2, top: narrow ? 20 : 14, bottom: 0, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: 0, max: 'dataMax', show: false },
    yAxis: { type: 'category', inverse: true, show: false, data: steps.map((step) => step.key) },
    series: [{
      type: 'bar', barWidth: 16, showBackground: true, backgroundStyle: { color: tokens.sunken, borderRadius: 4 },
      emphasis: { itemStyle: { opacity: 0.8 } },
      data: steps.map((step, index) => ({
        value: step.count,
        mark: stepMark(step, index === 0, format),
        itemStyle: { color: step.aside ? tokens.seriesOther : tokens.series[0], borderRadius: 4 },
        label: {
          show: true, position: [0, narrow && index > 0 ? -24 : -14] as [number, number], align: 'left' as const, verticalAlign: 'middle' as const, lineHeight: 18,
          formatter: words(step, index === 0, narrow, format),
          rich: {
            name: { color: tokens.text, fontSize: 13, fontWeight: 500 as const },
            count: { color: tokens.text, fontSize: 14, fontWeight: 600 as const },
            share: { color: tokens.text3, fontSize: 12, padding: [0, 0, 0, narrow ? 0 : 14] },
          },
        },
      })),
    }],
  };
}
