import type { CustomSeriesOption } from 'echarts/charts';

import type { Format } from '../ui/format';
import type { Tokens } from '../ui/tokens';
import { statusWord } from '../ui/words';
import { axisLabel, base, splitLine } from './common';
import { renderBar, type Bar } from './timelineBar';
import { dayStart, lanesOf, timeRange, type Lane } from './timelineLanes';
import type { ChartOption, Mark, Round } from './types';

/** What the timeline draws. */
export interface TimelineData {
  rounds: readonly Round[];
  asOf: string;
  href(round: Round): string;
  narrow?: boolean;
}

const rowHeight = 28;
const chrome = 64;
const maxRows = { wide: 25, narrow: 12 };

/** Rows in view at once; the rest is scrolled to. */
export const rowsInView = (lanes: number, narrow: boolean) => Math.min(Math.max(lanes, 1), narrow ? maxRows.narrow : maxRows.wide);

/** Height of the chart: every row in view has its 28 px. */
export const timelineHeight = (lanes: number, narrow: boolean) => rowsInView(lanes, narrow) * rowHeight + chrome;

function roundMark(round: Round, row: number, href: string, format: Format): Mark {
  return {
    href, row,
    title: `${round.ownerName} · ${round.productLabel}`,
    lines: [
      ['Term', round.endDate ? format.range(round.startDate, round.endDate) : `${format.date(round.startDate)}, no end`],
      ['Status', statusWord[round.lifecycleStatus]],
      ['Seats', format.integer(round.seats)],
      ...(round.graceEndDate ? [['Grace until', format.date(round.graceEndDate)] as const] : []),
    ],
    action: 'Click opens the licence',
  };
}

function barText(round: Round, format: Format): string {
  if (round.lifecycleStatus === 'INVALID') return `✕ ${round.productLabel}`;
  const prefix = round.lifecycleStatus === 'PERPETUAL' ? '∞ ' : '';
  return `${prefix}${format.integer(round.seats)} · ${round.productLabel}`;
}

function itemsOf(lanes: readonly Lane[], data: TimelineData, edge: number, format: Format) {
  return lanes.flatMap((lane, row) => lane.rounds.map((round) => {
    const end = round.endDate ? dayStart(round.endDate) : edge;
    const grace = round.endDate && round.graceEndDate && round.lifecycleStatus !== 'INVALID' ? dayStart(round.graceEndDate) : end;
    return {
      value: [row, dayStart(round.startDate), end, grace],
      mark: roundMark(round, row, data.href(round), format),
      bar: { status: round.lifecycleStatus, text: barText(round, format) } satisfies Bar,
    };
  }));
}

function scroll(lanes: number, narrow: boolean, tokens: Tokens): ChartOption['dataZoom'] {
  const rows = rowsInView(lanes, narrow);
  const window = { yAxisIndex: 0, startValue: 0, endValue: rows - 1, zoomLock: true, filterMode: 'weakFilter' as const };
  if (lanes <= rows) return [];
  return [
    {
      ...window, type: 'slider', right: 0, width: 10, top: 32, bottom: 32, showDetail: false, brushSelect: false, handleSize: 0,
      borderColor: 'transparent', backgroundColor: tokens.sunken, fillerColor: tokens.control, moveHandleSize: 0,
      showDataShadow: false, borderRadius: 5,
    },
    // The wheel alone belongs to the page; dragging, Shift with the wheel, the slider and the arrow keys scroll the rows.
    { ...window, type: 'inside', zoomOnMouseWheel: false, moveOnMouseWheel: 'shift', moveOnMouseMove: !narrow, preventDefaultMouseMove: false },
  ];
}

/** A line above the first lane of each owner; an axis would draw one above every lane. */
function separators(lanes: readonly Lane[], tokens: Tokens): CustomSeriesOption {
  return {
    type: 'custom', silent: true, clip: true, z: 0, animation: false, encode: { y: 0 },
    data: lanes.flatMap((lane, row) => (lane.ownerName === null ? [] : [[row]])),
    renderItem: (params, api) => {
      const plot = params.coordSys as unknown as { x: number; width: number };
      const [, middle = 0] = api.coord([0, api.value(0)]);
      const y = Math.round(middle - rowHeight / 2);
      return { type: 'line', shape: { x1: plot.x, x2: plot.x + plot.width, y1: y, y2: y }, style: { stroke: tokens.line, lineWidth: 1 } };
    },
  };
}

/** Licence timeline: a bar a round from its first day to its last, rows by owner, coloured and patterned by life-cycle status. */
export function licenseTimeline(data: TimelineData, format: Format, tokens: Tokens): ChartOption {
  const narrow = data.narrow ?? false;
  const lanes = lanesOf(data.rounds);
  const range = timeRange(data.rounds, data.asOf);
  const items = itemsOf(lanes, data, range.to, format);
  const nameWidth = narrow ? 96 : 184;
  const label = axisLabel(tokens);
  return {
    ...base(tokens, data.rounds.length),
    grid: { left: nameWidth + 16, right: 32, top: 32, bottom: 32, outerBoundsMode: 'none' },
    xAxis: {
      type: 'time', min: range.from, max: range.to, position: 'top', splitNumber: narrow ? 2 : 7,
      axisLine: { show: false }, axisTick: { show: false }, splitLine: splitLine(tokens),
      axisLabel: { ...label, hideOverlap: true, alignMaxLabel: 'right', formatter: (time: number) => format.month(new Date(time).toISOString().slice(0, 10)) },
    },
    yAxis: {
      type: 'category', inverse: true, triggerEvent: true, data: lanes.map((_, row) => String(row)),
      axisLine: { show: false }, axisTick: { show: false },
      axisLabel: {
        ...label, color: tokens.text2, interval: 0, align: 'left', margin: nameWidth + 12, width: nameWidth, overflow: 'truncate',
        formatter: (row: string) => lanes[Number(row)]?.ownerName ?? '',
      },
      splitLine: { show: false },
    },
    dataZoom: scroll(lanes.length, narrow, tokens),
    series: [separators(lanes, tokens), {
      type: 'custom', clip: true, encode: { x: [1, 2, 3], y: 0 }, data: items,
      renderItem: renderBar(items.map((item) => item.bar), tokens),
      markLine: {
        silent: true, symbol: 'none', animation: false, lineStyle: { color: tokens.brand, width: 1.5, type: 'solid' },
        label: { position: 'end', formatter: format.date(data.asOf), color: tokens.brand, fontSize: 12, fontWeight: 600, distance: 6 },
        data: [{ xAxis: dayStart(data.asOf) }],
      },
    }],
  };
}
