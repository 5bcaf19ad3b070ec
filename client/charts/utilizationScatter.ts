import type { UtilizationBand } from '../api/generated/graphql';
import type { Format } from '../ui/format';
import type { Tokens } from '../ui/tokens';
import { bandWord } from '../ui/words';
import { axisLabel, base, splitLine } from './common';
import { clearLabels } from './labels';
import { limitLines } from './limitLines';
import type { ChartOption, Limits, Line, Mark } from './types';
import { isZoomed, type View, wholeView } from './zoom';

/** What the scatter plot draws. */
export interface ScatterData {
  lines: readonly Line[];
  limits: Limits;
  href(line: Line): string;
  /** Bands the reader switched off. */
  hidden?: readonly UtilizationBand[];
  narrow?: boolean;
  /** The part in view; absent: all. */
  view?: View;
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

/** Room around the plot, in pixels. */
export const scatterMargins = { left: 60, right: 12, top: 12, bottom: 44 };

/** Powers of ten, and between them 2 and 5 where fewer than two powers are in view. */
function ticks(from: number, to: number): number[] {
  const powers = [];
  for (let power = 1; power <= to; power *= 10) powers.push(power);
  const inView = (values: number[]) => values.filter((value) => value >= from && value <= to);
  const coarse = inView([zeroLane, ...powers]);
  return coarse.length > 2 ? coarse : inView([zeroLane, ...powers.flatMap((power) => [power, 2 * power, 5 * power])]);
}

function axis(name: string, max: number, [start, end]: readonly [number, number], format: Format, tokens: Tokens) {
  const at = (share: number) => laneEdge * (max / laneEdge) ** share;
  const [from, to] = [at(start), at(end)];
  const values = ticks(from, to);
  return {
    type: 'log' as const, min: from, max: to, name, nameLocation: 'middle' as const,
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
  const view = data.view ?? wholeView;
  return {
    ...base(tokens, data.lines.length),
    // Each step of zooming draws anew: points that grow each time would flicker.
    ...(isZoomed(view) ? { animation: false } : {}),
    grid: { ...scatterMargins, outerBoundsMode: 'none' },
    xAxis: { ...axis('Seats in force', max, view.x, format, tokens), nameGap: 28 },
    yAxis: { ...axis('Active users', max, view.y, format, tokens), nameGap: 44 },
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
