import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';

import type { UtilizationBand } from '../api/generated/graphql';
import type { Format } from '../ui/format';
import type { Tokens } from '../ui/tokens';
import { bandWord } from '../ui/words';
import { axisLabel, base, splitLine } from './common';
import type { ChartOption, Limits, Line, Mark } from './types';

/** What the scatter plot draws. */
export interface ScatterData {
  lines: readonly Line[];
  limits: Limits;
  href(line: Line): string;
  /** Bands the reader switched off. */
  hidden?: readonly UtilizationBand[];
  narrow?: boolean;
}

/** Symbols per band: the shape says the same as the colour. */
export const bandSymbol: Readonly<Record<UtilizationBand, string>> = {
  OVER: 'diamond', UNDER: 'triangle', WELL: 'circle', UNLICENSED: 'rect',
};

/** Drawn in this order: what stands out comes last, on top. */
const bandOrder: readonly UtilizationBand[] = ['WELL', 'UNDER', 'OVER', 'UNLICENSED'];
/** Zero has no logarithm: it sits in a lane of its own, half a decade below one. */
const zeroLane = 0.45;
const laneEdge = 0.28;
const namedOwners = 5;

const place = (value: number) => (value > 0 ? value : zeroLane);

/** The tooltip of one owner: the ratio with both its parts. */
export function lineMark(line: Line, href: string, format: Format): Mark {
  const { figures } = line;
  return {
    href,
    title: line.ownerName,
    lines: [
      ['Seats in force', format.integer(figures.seatsInForce)],
      ['Active users', `${format.integer(figures.activeUsers)} of ${format.integer(figures.registeredUsers)}`],
      ['Utilisation', figures.ratio.value == null ? '– (no seats)' : format.percent(figures.ratio.value)],
      ['Band', figures.band ? bandWord[figures.band] : '–'],
    ],
    action: 'Click opens its licences',
  };
}

function axis(name: string, max: number, format: Format, tokens: Tokens) {
  const values = [zeroLane];
  for (let value = 1; value <= max; value *= 10) values.push(value);
  return {
    type: 'log' as const, min: laneEdge, max, name, nameLocation: 'middle' as const,
    nameTextStyle: { color: tokens.text2, fontSize: 12 },
    axisLabel: {
      ...axisLabel(tokens), customValues: values,
      formatter: (value: number) => (value < 1 ? '0' : format.integer(value)),
    },
    axisTick: { show: false, customValues: values },
    axisLine: { show: true, onZero: false, lineStyle: { color: tokens.line } },
    splitLine: splitLine(tokens),
  };
}

/** A limit as a line y = factor × x, cut where it leaves the plot. */
function limitLine(factor: number, max: number, label: string, tokens: Tokens) {
  const end = Math.min(max, max / factor);
  return {
    type: 'line' as const, silent: true, symbol: 'none', z: 1, animation: false,
    data: [[Math.max(1, 1 / factor), Math.max(1, factor)], [end, end * factor]],
    lineStyle: { color: tokens.control, width: 1, type: [4, 4] as [number, number] },
    endLabel: {
      show: true, formatter: label, color: tokens.text3, fontSize: 12,
      offset: factor >= 1 ? [-52, 4] as [number, number] : [-36, 20] as [number, number],
    },
  };
}

/** The well-used corridor between the two limits, as a quiet tint behind the points. */
function corridor(limits: Limits, max: number, tokens: Tokens) {
  const under = limits.under > 0 ? limits.under : limits.over;
  const corners: [number, number][] = [
    [1 / limits.over, 1], [max / Math.max(limits.over, 1), Math.min(max, max * limits.over)], [max, max], [max, max * under], [1 / under, 1],
  ];
  return {
    type: 'custom' as const, silent: true, clip: true, z: 0, data: [0],
    renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => ({
      type: 'polygon' as const, shape: { points: corners.map((corner) => api.coord(corner)) }, style: { fill: tokens.bands.WELL.tint },
    }),
  };
}

/** Licences against active users: one point an owner, both axes logarithmic, a colour and a shape per band. */
export function utilizationScatter(data: ScatterData, format: Format, tokens: Tokens): ChartOption {
  const largest = data.lines.reduce((most, { figures }) => Math.max(most, figures.seatsInForce, figures.activeUsers), 10);
  const max = largest * 1.6;
  const named = new Set(data.lines.filter(({ figures }) => figures.band && figures.band !== 'WELL').slice(0, namedOwners));
  const shown = bandOrder.filter((band) => !data.hidden?.includes(band));
  // Without Ctrl the wheel and the finger belong to the page: a chart that swallows them traps the reader.
  const zoom = {
    type: 'inside' as const, zoomOnMouseWheel: 'ctrl' as const, moveOnMouseMove: 'ctrl' as const,
    preventDefaultMouseMove: false, filterMode: 'none' as const,
  };
  return {
    ...base(tokens, data.lines.length),
    grid: { left: 60, right: data.narrow ? 8 : 16, top: 12, bottom: 44, outerBoundsMode: 'none' },
    xAxis: { ...axis('Seats in force', max, format, tokens), nameGap: 28 },
    yAxis: { ...axis('Active users', max, format, tokens), nameGap: 44 },
    dataZoom: [{ ...zoom, xAxisIndex: 0 }, { ...zoom, yAxisIndex: 0 }],
    series: [
      corridor(data.limits, max, tokens),
      ...shown.map((band) => ({
        type: 'scatter' as const, name: bandWord[band], symbol: bandSymbol[band],
        symbolSize: data.lines.length > 500 ? 7 : 10, z: band === 'WELL' ? 2 : 3,
        itemStyle: { color: tokens.bands[band].mark, opacity: 0.85, borderColor: tokens.surface, borderWidth: 1 },
        emphasis: { scale: 1.6, itemStyle: { opacity: 1 } },
        labelLayout: { hideOverlap: true },
        data: data.lines.filter(({ figures }) => figures.band === band).map((line) => ({
          value: [place(line.figures.seatsInForce), place(line.figures.activeUsers)],
          mark: lineMark(line, data.href(line), format),
          label: {
            show: !data.narrow && named.has(line), position: band === 'UNDER' ? 'right' as const : 'left' as const,
            formatter: line.ownerName, color: tokens.text2, fontSize: 12, width: 140, overflow: 'truncate' as const,
            textBorderColor: tokens.surface, textBorderWidth: 2,
          },
        })),
      })),
      limitLine(data.limits.over, max, format.percent(data.limits.over), tokens),
      limitLine(data.limits.under, max, format.percent(data.limits.under), tokens),
    ],
  };
}
