import type { CustomSeriesOption } from 'echarts/charts';

import type { LicensePosition } from '../../api/generated/graphql';
import type { Format } from '../../ui/format';
import type { Tokens } from '../../ui/tokens';
import { axisLabel, base, splitLine } from '../common';
import type { ChartOption, Mark } from '../types';
import { hatch } from './hatch';

/** The part of a `PositionLine` the chart reads. */
export interface PositionBar {
  key: string;
  name: string;
  purchased: number;
  deployed: number;
  inGrace: number;
  surplus?: number | null;
  position?: LicensePosition | null;
}

/** What the position chart draws. */
export interface PositionData {
  lines: readonly PositionBar[];
  href(line: PositionBar): string | undefined;
  narrow?: boolean;
}

const rowHeight = 24;
const chrome = { top: 28, bottom: 8 };
const mostRows = { wide: 30, narrow: 15 };
/** Room for the figures at the ends of the bars. */
const ends = { wide: 112, narrow: 52 };

/** Rows in view at once; the rest is scrolled to. */
export const rowsInView = (lines: number, narrow: boolean) => Math.min(Math.max(lines, 1), narrow ? mostRows.narrow : mostRows.wide);

/** Height of the chart: every row in view has its 24 px. */
export const positionHeight = (lines: number, narrow: boolean) => rowsInView(lines, narrow) * rowHeight + chrome.top + chrome.bottom;

const words: Record<LicensePosition, string> = {
  COMPLIANT: 'compliant', SURPLUS: 'surplus', DEFICIT: 'deficit', UNLICENSED: 'unlicensed', UNUSED: 'unused', UNLIMITED: 'unlimited',
};

function lookOf(position: LicensePosition | null | undefined, tokens: Tokens) {
  switch (position) {
    case 'DEFICIT':
      return { color: tokens.bands.OVER.mark };
    case 'UNLICENSED':
      return { color: tokens.bands.UNLICENSED.mark };
    case 'UNUSED':
      return { color: tokens.surface, borderColor: tokens.lifecycle.EXPIRED.mark, borderWidth: 1.5 };
    default:
      return { color: tokens.bands.UNDER.mark };
  }
}

function lineMark(line: PositionBar, row: number, href: string | undefined, format: Format): Mark {
  return {
    title: line.name, row,
    lines: [
      ['Purchased', line.position === 'UNLIMITED' ? 'unlimited' : format.integer(line.purchased)],
      ['Deployed', format.integer(line.deployed)],
      ['Position', line.position ? `${words[line.position]}${line.surplus == null ? '' : ` ${format.signed(line.surplus)}`}` : 'in grace only'],
      ...(line.inGrace > 0 ? [['In grace', format.integer(line.inGrace)] as const] : []),
    ],
    ...(href === undefined ? {} : { href, action: 'Click opens the rounds' }),
  };
}

function textOf(line: PositionBar, format: Format): string {
  if (line.position === 'UNLIMITED') return '∞';
  if (line.position == null) return '';
  return format.signed(line.surplus);
}

function gapItem(line: PositionBar, row: number, data: PositionData, format: Format, tokens: Tokens) {
  const value = line.surplus ?? 0;
  const left = value < 0;
  return {
    value,
    mark: lineMark(line, row, data.href(line), format),
    itemStyle: { ...lookOf(line.position, tokens), borderRadius: left ? [3, 0, 0, 3] : [0, 3, 3, 0] },
    label: {
      show: left || line.inGrace === 0, position: left ? ('left' as const) : ('right' as const), color: tokens.text2, fontSize: 12,
      formatter: textOf(line, format),
    },
  };
}

/** What is in grace stands beside the bar, hatched: it is no part of what was purchased. */
function graceItem(line: PositionBar, narrow: boolean, format: Format, tokens: Tokens) {
  if (line.inGrace === 0) return { value: 0 };
  const color = tokens.lifecycle.IN_GRACE.mark;
  const own = (line.surplus ?? 0) < 0 ? '' : textOf(line, format);
  return {
    value: line.inGrace,
    itemStyle: { color: tokens.surface, borderColor: color, borderWidth: 1, decal: hatch(color) },
    label: {
      show: true, position: 'right' as const, fontSize: 12, color: tokens.text3,
      formatter: `${own === '' ? '' : `{own|${own}}`}{grace|${format.integer(line.inGrace)}${narrow ? '' : ' in grace'}}`,
      rich: { own: { color: tokens.text2, fontSize: 12 }, grace: { color: tokens.text3, fontSize: 12, padding: [0, 0, 0, own === '' ? 0 : 8] } },
    },
  };
}

/** The line at zero, from which both sides are read. */
function zeroLine(tokens: Tokens): CustomSeriesOption {
  return {
    type: 'custom', silent: true, clip: false, z: 4, animation: false, data: [0],
    renderItem: (params, api) => {
      const plot = params.coordSys as unknown as { y: number; height: number };
      const [x = 0] = api.coord([0, 0]);
      return { type: 'line', shape: { x1: x, x2: x, y1: plot.y, y2: plot.y + plot.height }, style: { stroke: tokens.control, lineWidth: 1 } };
    },
  };
}

function scroll(lines: number, narrow: boolean, tokens: Tokens): ChartOption['dataZoom'] {
  const rows = rowsInView(lines, narrow);
  if (lines <= rows) return [];
  const window = { yAxisIndex: 0, startValue: 0, endValue: rows - 1, zoomLock: true, filterMode: 'weakFilter' as const };
  return [
    {
      ...window, type: 'slider', right: 0, width: 10, top: chrome.top, bottom: chrome.bottom, showDetail: false, brushSelect: false, handleSize: 0,
      borderColor: 'transparent', backgroundColor: tokens.sunken, fillerColor: tokens.control, moveHandleSize: 0, showDataShadow: false, borderRadius: 5,
    },
    { ...window, type: 'inside', zoomOnMouseWheel: false, moveOnMouseWheel: 'shift', moveOnMouseMove: !narrow, preventDefaultMouseMove: false },
  ];
}

/** Effective licence position: bars around zero, deficit to the left, surplus to the right, what is in grace hatched beside it. */
export function positionBars(data: PositionData, format: Format, tokens: Tokens): ChartOption {
  const narrow = data.narrow ?? false;
  const { lines } = data;
  const nameWidth = narrow ? 104 : 216;
  const end = narrow ? ends.narrow : ends.wide;
  const scrolled = lines.length > rowsInView(lines.length, narrow);
  return {
    ...base(tokens, lines.length),
    grid: { left: nameWidth + 16 + (narrow ? 36 : 64), right: end + (scrolled ? 16 : 0), top: chrome.top, bottom: chrome.bottom, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value', position: 'top', splitNumber: narrow ? 3 : 6, minInterval: 1, axisLine: { show: false }, axisTick: { show: false },
      splitLine: splitLine(tokens),
      axisLabel: { ...axisLabel(tokens), hideOverlap: true, formatter: (value: number) => (value === 0 ? '0' : `${value < 0 ? '−' : '+'}${format.compact(Math.abs(value))}`) },
    },
    yAxis: {
      type: 'category', inverse: true, triggerEvent: true, data: lines.map((_, row) => String(row)),
      axisLine: { show: false, onZero: false }, axisTick: { show: false },
      axisLabel: {
        ...axisLabel(tokens), color: tokens.text2, interval: 0, align: 'left', margin: nameWidth + 12 + (narrow ? 36 : 64), width: nameWidth, overflow: 'truncate',
        formatter: (row: string) => lines[Number(row)]?.name ?? '',
      },
      splitLine: { show: false },
    },
    dataZoom: scroll(lines.length, narrow, tokens),
    series: [
      { type: 'bar', stack: 'gap', barWidth: 12, z: 3, emphasis: { itemStyle: { opacity: 0.8 } }, data: lines.map((line, row) => gapItem(line, row, data, format, tokens)) },
      { type: 'bar', stack: 'gap', barWidth: 12, z: 3, silent: true, data: lines.map((line) => graceItem(line, narrow, format, tokens)) },
      zeroLine(tokens),
    ],
  };
}
