import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';

import type { TrendInterval } from '../../api/generated/graphql';
import type { Format } from '../../ui/format';
import type { Tokens } from '../../ui/tokens';
import { axisLabel, base, splitLine } from '../common';
import type { ChartOption, Mark } from '../types';
import { hatch } from './hatch';
import { type Amount, amountText, gains, intervalText, losses, type Movement, movementWord, type TrendStep } from './trendWords';

/** A movement that is drawn as a bar. */
export type BarMovement = (typeof gains)[number] | (typeof losses)[number];

/** What the trend draws. */
export interface TrendData {
  steps: readonly TrendStep[];
  interval: TrendInterval;
  /** Bars that the reader switched off. */
  hidden?: readonly BarMovement[];
  /** Where the bar of what expired leads. */
  href?(step: TrendStep): string | undefined;
  narrow?: boolean;
}

/** The colour of each movement, by its place among the series of tokens.css; renewed has an outline only. */
export const movementSeries: Record<BarMovement, number> = { new: 0, reactivated: 2, expansion: 4, renewed: 0, expired: 3, contraction: 1 };

const heights = { wide: { top: 28, bars: 236, gap: 44, line: 108, bottom: 28 }, narrow: { top: 28, bars: 170, gap: 40, line: 84, bottom: 28 } };

/** Height of both grids with what stands between them. */
export function trendHeight(narrow: boolean): number {
  const { top, bars, gap, line, bottom } = narrow ? heights.narrow : heights.wide;
  return top + bars + gap + line + bottom;
}

/** A movement as a length: the one place where money becomes a float, and it is never shown. */
const lengthOf = (amount: Amount) => (typeof amount === 'number' ? amount : Number.parseFloat(amount.amount));
const isLoss = (movement: BarMovement) => losses.some((loss) => loss === movement);

function titleOf(step: TrendStep, interval: TrendInterval, format: Format): string {
  return `${intervalText(step.from, interval, format)}${step.incomplete ? `, to ${format.dateShort(step.to)}` : ''}`;
}

const linesOf = (step: TrendStep, movements: readonly Movement[], format: Format) =>
  movements.map((movement) => [movementWord[movement], amountText(step.flow[movement], format)] as const);

function barMark(step: TrendStep, movement: BarMovement, data: TrendData, format: Format): Mark {
  const href = movement === 'expired' ? data.href?.(step) : undefined;
  const own = [movement === 'renewed' ? 'Renewed, not part of net' : movementWord[movement], amountText(step.flow[movement], format)] as const;
  return {
    title: titleOf(step, data.interval, format),
    lines: [own, ...linesOf(step, ['net', 'closing'], format)],
    ...(href === undefined ? {} : { href, action: 'Click opens the licences that end here' }),
  };
}

/** A bar of an interval that still runs: paler, hatched, with a dashed outline. */
function running(color: string, tokens: Tokens) {
  return { opacity: 0.55, decal: hatch(tokens.surface), borderColor: color, borderWidth: 1, borderType: 'dashed' as const };
}

function bars(movement: BarMovement, data: TrendData, format: Format, tokens: Tokens): BarSeriesOption {
  const color = tokens.series[movementSeries[movement]] ?? tokens.brand;
  const plain = movement === 'renewed' ? { color: tokens.surface, borderColor: color, borderWidth: 1 } : { color };
  return {
    type: 'bar', name: movementWord[movement], stack: 'flow', barMaxWidth: 28, barCategoryGap: '30%', z: 2, itemStyle: plain,
    emphasis: { itemStyle: { opacity: 0.8 } },
    data: data.steps.map((step) => {
      const length = lengthOf(step.flow[movement]);
      return {
        value: isLoss(movement) ? -length : length,
        ...(step.incomplete ? { itemStyle: { ...plain, ...running(color, tokens) } } : {}),
        // A movement of nothing has no bar to point at, and nothing to say.
        ...(length === 0 ? {} : { mark: barMark(step, movement, data, format) }),
      };
    }),
  };
}

function netLine(data: TrendData, format: Format, tokens: Tokens): LineSeriesOption {
  return {
    type: 'line', name: movementWord.net, z: 4, symbol: 'circle', showAllSymbol: true, symbolSize: data.steps.length > 24 ? 4 : 6,
    itemStyle: { color: tokens.text }, lineStyle: { color: tokens.text, width: 1.5 },
    data: data.steps.map((step) => ({
      value: lengthOf(step.flow.net),
      ...(step.incomplete ? { symbol: 'emptyCircle', symbolSize: 7 } : {}),
      mark: { title: titleOf(step, data.interval, format), lines: linesOf(step, ['new', 'expired', 'net', 'closing'], format) },
    })),
  };
}

/** The closing balance; its last segment is dashed and ends hollow while the interval runs. */
function closingLines(data: TrendData, format: Format, tokens: Tokens): LineSeriesOption[] {
  const { steps } = data;
  const open = steps.at(-1)?.incomplete === true;
  const color = tokens.series[0] ?? tokens.brand;
  const items = steps.map((step, index) => {
    const last = open && index === steps.length - 1;
    return {
      value: lengthOf(step.flow.closing),
      symbol: last ? 'emptyCircle' : 'circle', symbolSize: last ? 8 : steps.length > 24 ? 0 : 5,
      mark: { title: titleOf(step, data.interval, format), lines: linesOf(step, ['opening', 'net', 'closing'], format) },
      ...(last ? { label: { show: true, position: 'top' as const, formatter: 'to date', color: tokens.text3, fontSize: 12, align: 'right' as const } } : {}),
    };
  });
  const closed = open ? items.length - 1 : items.length;
  const line: LineSeriesOption = { type: 'line', xAxisIndex: 1, yAxisIndex: 1, showAllSymbol: true, itemStyle: { color }, z: 3 };
  return [
    { ...line, name: movementWord.closing, lineStyle: { color, width: 2 }, areaStyle: { color, opacity: 0.08 }, data: items.slice(0, closed) },
    ...(open ? [{
      // The dashed tail begins at the last closed interval, whose own dot the first series already shows.
      ...line, lineStyle: { color, width: 2, type: [4, 4] as [number, number] },
      data: [
        ...Array.from({ length: Math.max(0, closed - 1) }, () => '-'),
        ...(closed > 0 ? [{ value: items[closed - 1]?.value, symbol: 'none' }] : []),
        ...items.slice(closed),
      ],
    }] : []),
  ];
}

function valueAxis(name: string, gridIndex: number, data: TrendData, format: Format, tokens: Tokens) {
  const sample = data.steps[0]?.flow.closing;
  const text = (value: number) => (typeof sample === 'object'
    ? format.money({ amount: String(value), currency: sample.currency }, { axis: true })
    : `${value < 0 ? '−' : ''}${format.compact(Math.abs(value))}`);
  return {
    type: 'value' as const, gridIndex, name, nameLocation: 'end' as const, nameGap: 12, splitNumber: gridIndex === 0 ? (data.narrow ? 3 : 5) : 2,
    ...(typeof sample === 'object' ? {} : { minInterval: 1 }), splitLine: splitLine(tokens),
    nameTextStyle: { color: tokens.text2, fontSize: 12, fontWeight: 500 as const, align: 'left' as const, padding: [0, 0, 0, -56] },
    axisLabel: { ...axisLabel(tokens), formatter: text, hideOverlap: true },
  };
}

/** Consumption trend: what came and went above, what was in force at the end of each interval below, on one axis of time. */
export function trendBars(data: TrendData, format: Format, tokens: Tokens): ChartOption {
  const narrow = data.narrow ?? false;
  const { top, bars: barHeight, gap, line, bottom } = narrow ? heights.narrow : heights.wide;
  const times = data.steps.map((step) => intervalText(step.from, data.interval, format));
  const shown = [...gains, ...losses].filter((movement) => !data.hidden?.includes(movement));
  const grid = { left: 64, right: 16, outerBoundsMode: 'none' as const };
  const time = { type: 'category' as const, data: times, axisTick: { show: false }, axisLine: { lineStyle: { color: tokens.control } } };
  return {
    ...base(tokens, data.steps.length * shown.length),
    grid: [{ ...grid, top, height: barHeight }, { ...grid, top: top + barHeight + gap, height: line, bottom }],
    xAxis: [
      { ...time, gridIndex: 0, axisLabel: { show: false } },
      { ...time, gridIndex: 1, axisLabel: { ...axisLabel(tokens), hideOverlap: true } },
    ],
    yAxis: [valueAxis('Gained and lost', 0, data, format, tokens), { ...valueAxis('In force at the end', 1, data, format, tokens), min: 0 }],
    series: [...shown.map((movement) => bars(movement, data, format, tokens)), netLine(data, format, tokens), ...closingLines(data, format, tokens)],
  };
}
