import type { UtilizationBand } from '../api/generated/graphql';
import type { Format } from '../ui/format';
import type { Tokens } from '../ui/tokens';
import { bandWord } from '../ui/words';
import { axisLabel, base, splitLine } from './common';
import { clearLabels } from './labels';
import { limitLines } from './limitLines';
import type { ChartOption, Limits, Line, Mark } from './types';

/** What the scatter plot draws. */
export interface ScatterData {
  lines: readonly Line[];
  limits: Limits;
  href(line: Line): string;
  /** Bands the reader switched off. */
  hidden?: readonly UtilizationBand[];
  narrow?: boolean;
  /** Ctrl and the wheel zoom. */
  zoom?: boolean;
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
const mostNames = 5;
/** Lines arrive with the largest gap first; names are looked for among these. */
const namesTried = 20;

const place = (value: number) => (value > 0 ? value : zeroLane);

/** Away from the limit lines, and never across the edge of the plot. */
function labelPlace({ figures }: Line, max: number) {
  if (figures.seatsInForce < 3) return { position: 'right' as const };
  const side = figures.band === 'UNDER' ? 'bottom' as const : 'top' as const;
  return { position: side, align: figures.seatsInForce > max / 12 || side === 'top' ? 'right' as const : 'left' as const };
}

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

/** The owners furthest from their seats carry their names, as far as the names stay clear of each other. */
function namedOwners(lines: readonly Line[], max: number): Set<Line> {
  const share = (value: number) => Math.log(place(value) / laneEdge) / Math.log(max / laneEdge);
  const extremes = lines.filter(({ figures }) => figures.band && figures.band !== 'WELL').slice(0, namesTried);
  return clearLabels(extremes.map((item) => ({ item, x: share(item.figures.seatsInForce), y: share(item.figures.activeUsers) })), mostNames);
}

/** Licences against active users: one point an owner, both axes logarithmic, a colour and a shape per band. */
export function utilizationScatter(data: ScatterData, format: Format, tokens: Tokens): ChartOption {
  const largest = data.lines.reduce((most, { figures }) => Math.max(most, figures.seatsInForce, figures.activeUsers), 10);
  const max = largest * 1.6;
  const named = namedOwners(data.lines, max);
  const shown = bandOrder.filter((band) => !data.hidden?.includes(band));
  // Without Ctrl the wheel and the finger belong to the page: a chart that swallows them traps the reader.
  const inside = {
    type: 'inside' as const, zoomOnMouseWheel: 'ctrl' as const, moveOnMouseMove: 'ctrl' as const,
    preventDefaultMouseMove: false, filterMode: 'none' as const,
  };
  return {
    ...base(tokens, data.lines.length),
    grid: { left: 60, right: data.narrow ? 8 : 16, top: 12, bottom: 44, outerBoundsMode: 'none' },
    xAxis: { ...axis('Seats in force', max, format, tokens), nameGap: 28 },
    yAxis: { ...axis('Active users', max, format, tokens), nameGap: 44 },
    ...(data.zoom ? { dataZoom: [{ ...inside, xAxisIndex: 0 }, { ...inside, yAxisIndex: 0 }] } : {}),
    series: [
      limitLines(data.limits, max, format, tokens),
      ...shown.map((band) => ({
        type: 'scatter' as const, name: bandWord[band], symbol: bandSymbol[band],
        symbolSize: data.lines.length > 500 ? 7 : 10, z: band === 'WELL' ? 2 : 3,
        itemStyle: { color: tokens.bands[band].mark, opacity: 0.85, borderColor: tokens.surface, borderWidth: 1 },
        emphasis: { scale: 1.6, itemStyle: { opacity: 1 } },
        data: data.lines.filter(({ figures }) => figures.band === band).map((line) => ({
          value: [place(line.figures.seatsInForce), place(line.figures.activeUsers)],
          mark: lineMark(line, data.href(line), format),
          label: {
            show: !data.narrow && named.has(line), ...labelPlace(line, max),
            formatter: line.ownerName, color: tokens.text2, fontSize: 12, width: 140, overflow: 'truncate' as const,
            textBorderColor: tokens.surface, textBorderWidth: 2,
          },
        })),
      })),
    ],
  };
}
