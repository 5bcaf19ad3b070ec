import type { Format } from '../ui/format';
import type { Tokens } from '../ui/tokens';
import { bandWord } from '../ui/words';
import { axisLabel, base } from './common';
import type { ChartOption, Limits, Line } from './types';
import { lineMark } from './utilizationScatter';

/** What the bars draw: the two groups that need action, each in the order of the API. */
export interface UtilizationBarsData {
  over: readonly Line[];
  under: readonly Line[];
  limits: Limits;
  href(line: Line): string;
  /** One group below the other instead of beside it. */
  narrow?: boolean;
}

/** Owners listed per group. */
export const barsPerGroup = 15;
/** Longer bars are cut here and say so: one owner at 4,000 % must not flatten all others. */
const cutAt = 1.5;
/** The axis goes on beyond the cut: there the figures of the longest bars stand. */
const axisEnd = { wide: 2.15, narrow: 1.95 };
const rowHeight = 26;
const head = 24;
const gap = 24;

/** One group with its place: a heading row, then its owners. */
interface Group {
  word: string;
  lines: readonly Line[];
  total: number;
}

function groupsOf(over: readonly Line[], under: readonly Line[]): Group[] {
  const group = (word: string, lines: readonly Line[]): Group => ({ word, lines: lines.slice(0, barsPerGroup), total: lines.length });
  return [group(bandWord.OVER, over), group(bandWord.UNDER, under)].filter(({ total }) => total > 0);
}

const groupHeight = (group: Group) => (group.lines.length + 1) * rowHeight;

/** Height that gives every row its line. */
export function utilizationBarsHeight(over: readonly Line[], under: readonly Line[], narrow: boolean): number {
  const heights = groupsOf(over, under).map(groupHeight);
  const total = narrow ? heights.reduce((sum, height) => sum + height + head + gap, 0) : Math.max(0, ...heights) + head;
  return Math.max(120, total + 8);
}

function bar(line: Line, data: UtilizationBarsData, format: Format, tokens: Tokens) {
  const ratio = line.figures.ratio.value;
  const tone = tokens.bands[line.figures.band ?? 'WELL'];
  const cut = ratio == null || ratio > cutAt;
  const parts = `${format.integer(line.figures.activeUsers)} of ${format.integer(line.figures.seatsInForce)}`;
  return {
    value: Math.min(ratio ?? cutAt, cutAt),
    mark: lineMark(line, data.href(line), format),
    itemStyle: { color: tone.mark, borderRadius: cut ? 0 : [0, 3, 3, 0] },
    label: {
      show: true, position: 'right' as const, backgroundColor: tokens.surface, padding: [1, 2],
      formatter: `{ratio|${cut ? '› ' : ''}${format.percent(ratio)}}${data.narrow ? '' : `{parts|${parts}}`}`,
      rich: {
        ratio: { color: tone.text, fontSize: 12, fontWeight: 600 },
        parts: { color: tokens.text3, fontSize: 12, padding: [0, 0, 0, 8] },
      },
    },
  };
}

function names(group: Group, index: number, nameWidth: number, narrow: boolean, format: Format, tokens: Tokens) {
  const heading = group.total > group.lines.length && !narrow ? `${group.word} · ${group.lines.length} of ${format.integer(group.total)}` : group.word;
  return {
    type: 'category' as const, gridIndex: index, inverse: true, axisLine: { show: false }, axisTick: { show: false },
    data: [heading, ...group.lines.map((line) => line.ownerName)],
    axisLabel: {
      ...axisLabel(tokens), color: tokens.text2, interval: 0, align: 'left' as const, margin: nameWidth + 12, width: nameWidth,
      overflow: 'truncate' as const,
      formatter: (text: string, row: number) => (row === 0 ? `{heading|${text}}` : text),
      rich: { heading: { color: tokens.text, fontSize: 12, fontWeight: 600 } },
    },
  };
}

/** Utilisation of the owners outside the limits: over-used first, then under-used, a line at each limit. */
export function utilizationBars(data: UtilizationBarsData, format: Format, tokens: Tokens): ChartOption {
  const groups = groupsOf(data.over, data.under);
  const narrow = data.narrow ?? false;
  const nameWidth = narrow ? 112 : 168;
  const besides = !narrow && groups.length > 1;
  // On a phone the two limits are close together: their labels lean away from each other.
  const limit = (value: number, lean: number) => ({ xAxis: value, label: { formatter: format.percent(value), offset: narrow ? [lean, 0] : [0, 0] } });
  const topOf = (index: number) => (narrow && index > 0 && groups[0] ? groupHeight(groups[0]) + head + gap : 0) + head;
  return {
    ...base(tokens, data.over.length + data.under.length),
    grid: groups.map((group, index) => ({
      left: besides && index === 1 ? '66%' : nameWidth + 16,
      right: besides && index === 0 ? '55%' : 8,
      top: topOf(index), height: groupHeight(group), outerBoundsMode: 'none',
    })),
    xAxis: groups.map((_, index) => ({
      type: 'value', gridIndex: index, min: 0, max: narrow ? axisEnd.narrow : axisEnd.wide, interval: 0.5,
      axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false }, axisTick: { show: false },
    })),
    yAxis: groups.map((group, index) => names(group, index, nameWidth, narrow, format, tokens)),
    series: groups.map((group, index) => ({
      type: 'bar', xAxisIndex: index, yAxisIndex: index, barWidth: 12, z: 3, emphasis: { itemStyle: { opacity: 0.8 } },
      data: [{ value: 0 }, ...group.lines.map((line) => bar(line, data, format, tokens))],
      markLine: {
        silent: true, symbol: 'none', animation: false, z: 1,
        lineStyle: { color: tokens.control, width: 1, type: [4, 4] },
        label: { position: 'start', color: tokens.text3, fontSize: 12, distance: 4 },
        data: [limit(data.limits.under, -10), limit(data.limits.over, 10)],
      },
    })),
  };
}
