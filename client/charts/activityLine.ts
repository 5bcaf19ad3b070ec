import type { ActivityInterval } from '../api/generated/graphql';
import type { Format } from '../ui/format';
import type { Tokens } from '../ui/tokens';
import { axisLabel, base, splitLine } from './common';
import type { ChartOption, Point } from './types';

/** What the activity chart draws. */
export interface ActivityData {
  points: readonly Point[];
  interval: ActivityInterval;
  narrow?: boolean;
}

const dayLength = 86_400_000;
const intervalWord: Readonly<Record<ActivityInterval, string>> = { DAY: 'Day', WEEK: 'Week', MONTH: 'Month' };

/** True when the interval goes on after the point's last day: its figure will still grow. */
export function isPartial(point: Point, interval: ActivityInterval): boolean {
  const end = new Date(point.to);
  if (interval === 'DAY') return false;
  if (interval === 'WEEK') return end.getUTCDay() !== 0;
  return new Date(end.getTime() + dayLength).getUTCMonth() === end.getUTCMonth();
}

function axisText(point: Point, interval: ActivityInterval, format: Format): string {
  return interval === 'MONTH' ? format.month(point.from) : format.dateShort(point.from);
}

/** Active users over time, one point an interval; the last one is dashed and hollow while its interval still runs. */
export function activityLine(data: ActivityData, format: Format, tokens: Tokens): ChartOption {
  const { points, interval } = data;
  const last = points.at(-1);
  const open = last !== undefined && isPartial(last, interval);
  const color = tokens.series[0];
  const items = points.map((point, index) => {
    const partial = open && index === points.length - 1;
    return {
      value: point.activeUsers,
      symbol: partial ? 'emptyCircle' : 'circle',
      symbolSize: partial || points.length <= 40 ? 7 : 0,
      mark: {
        title: interval === 'DAY' ? format.date(point.from) : format.range(point.from, point.to),
        lines: [['Active users', format.integer(point.activeUsers)], ['Interval', `${intervalWord[interval]}${partial ? ', to date' : ''}`]] as const,
      },
    };
  });
  const closed = open ? items.length - 1 : items.length;
  const line = { type: 'line' as const, symbol: 'circle', showAllSymbol: true, itemStyle: { color }, emphasis: { scale: 1.6 } };
  return {
    ...base(tokens, points.length),
    grid: { left: 44, right: 16, top: 16, bottom: 28, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category', boundaryGap: false, data: points.map((point) => axisText(point, interval, format)),
      axisLine: { lineStyle: { color: tokens.line } }, axisTick: { show: false },
      axisLabel: { ...axisLabel(tokens), hideOverlap: true, alignMinLabel: 'left', alignMaxLabel: 'right' },
    },
    yAxis: {
      type: 'value', min: 0, minInterval: 1, splitNumber: data.narrow ? 3 : 4,
      axisLabel: { ...axisLabel(tokens), formatter: (value: number) => format.compact(value) }, splitLine: splitLine(tokens),
    },
    series: [
      { ...line, lineStyle: { color, width: 2 }, areaStyle: { color, opacity: 0.08 }, data: items.slice(0, closed) },
      ...(open && closed > 0 ? [{
        // The dashed tail starts at the last closed point, whose own mark the first series already shows.
        ...line, lineStyle: { color, width: 2, type: [4, 4] as [number, number] },
        data: [...Array.from({ length: closed - 1 }, () => '-'), { value: items[closed - 1]?.value, symbol: 'none' }, ...items.slice(closed)],
      }] : []),
    ],
  };
}
