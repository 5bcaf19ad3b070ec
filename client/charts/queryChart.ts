import type { Format } from '../ui/format';
import type { Tokens } from '../ui/tokens';
import { axisLabel, base, splitLine } from './common';
import type { ChartOption } from './types';

/** A figure as a length, and as the API wrote it; null: there is none. */
export interface QueryMark {
  value: number | null;
  text: string | null;
}

interface PlotFrame {
  xLabel: string;
  yLabel: string;
  /** The one currency of the figures; null: they are no amounts, or of an unknown one. */
  currency: string | null;
}

/** Rows of an ad-hoc query as marks. */
export type QueryPlot = PlotFrame & (
  | {
    type: 'BAR' | 'LINE';
    categories: readonly string[];
    /** The categories are days, months or quarters. */
    ofDays: boolean;
    series: readonly { name: string; marks: readonly QueryMark[] }[];
  }
  | { type: 'SCATTER'; series: readonly { name: string; points: readonly { title: string; x: number; y: number; xText: string; yText: string }[] }[] }
);

const ROW = 28;
const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** True where bars lie: names need room, days do not. */
const lies = (plot: QueryPlot): boolean => plot.type === 'BAR' && !plot.ofDays;

/** Height of the chart; lying bars take a row each. */
export function queryChartHeight(plot: QueryPlot, narrow: boolean): number {
  if (!lies(plot) || plot.type === 'SCATTER') return narrow ? 280 : 360;
  return Math.max(160, 56 + plot.categories.length * Math.max(ROW, plot.series.length * 12 + 8));
}

/** The rows of an ad-hoc query as bars, lines or dots; values are drawn as they came. */
export function queryChart({ plot, narrow = false }: { plot: QueryPlot; narrow?: boolean }, format: Format, tokens: Tokens): ChartOption {
  const words = (text: string) => (plot.currency === null ? format.decimal(text) : format.money({ amount: text, currency: plot.currency }, { code: true }));
  const color = (index: number) => tokens.series[index] ?? tokens.seriesOther;
  const valueAxis = {
    type: 'value' as const, splitNumber: narrow ? 3 : 5, splitLine: splitLine(tokens),
    axisLabel: { ...axisLabel(tokens), hideOverlap: true, formatter: (value: number) => format.compact(value) },
  };
  if (plot.type === 'SCATTER') {
    const marks = plot.series.reduce((count, { points }) => count + points.length, 0);
    return {
      ...base(tokens, marks),
      grid: { left: 64, right: 24, top: 16, bottom: 40, outerBoundsMode: 'none' },
      xAxis: { ...valueAxis, scale: true, name: plot.xLabel, nameLocation: 'middle', nameGap: 28, nameTextStyle: axisLabel(tokens) },
      yAxis: { ...valueAxis, scale: true },
      series: plot.series.map(({ name, points }, index) => ({
        type: 'scatter', name, symbolSize: 9, itemStyle: { color: color(index), opacity: 0.8 },
        data: points.map((point) => ({
          value: [point.x, point.y],
          mark: { title: point.title, lines: [[plot.xLabel, format.decimal(point.xText)], [plot.yLabel, words(point.yText)], ...(plot.series.length > 1 ? [['Series', name] as const] : [])] as const },
        })),
      })),
    };
  }
  const { categories, series, type } = plot;
  const lying = lies(plot);
  const one = series.length === 1;
  const categoryAxis = {
    type: 'category' as const, data: categories.map(String), axisTick: { show: false }, axisLine: { lineStyle: { color: tokens.line } },
    axisLabel: { ...axisLabel(tokens), ...(lying ? { interval: 0, formatter: (text: string) => cut(text, narrow ? 14 : 28) } : { hideOverlap: true }) },
  };
  const labelled = lying && one;
  return {
    ...base(tokens, categories.length * series.length),
    grid: { left: lying ? (narrow ? 112 : 208) : 64, right: labelled ? 96 : 24, top: 16, bottom: 32, outerBoundsMode: 'none' },
    ...(lying ? { yAxis: { ...categoryAxis, inverse: true }, xAxis: valueAxis } : { xAxis: { ...categoryAxis, boundaryGap: type === 'BAR' }, yAxis: valueAxis }),
    series: series.map(({ name, marks }, index) => {
      const data = marks.map(({ value, text }, at) => (value === null || text === null ? '-' as const : {
        value,
        mark: { title: categories[at] ?? '', lines: [[plot.yLabel, words(text)], ...(one ? [] : [['Series', name] as const])] as const },
        ...(labelled ? { label: { show: true, position: 'right' as const, color: tokens.text2, fontSize: 12, formatter: words(text) } } : {}),
      }));
      return type === 'LINE'
        ? { type: 'line' as const, name, symbol: 'circle', symbolSize: categories.length > 60 ? 0 : 7, showAllSymbol: true, itemStyle: { color: color(index) }, lineStyle: { color: color(index), width: 2 }, data }
        : { type: 'bar' as const, name, barMaxWidth: lying ? 18 : 40, itemStyle: { color: color(index), borderRadius: 3 }, emphasis: { itemStyle: { opacity: 0.8 } }, data };
    }),
  };
}
