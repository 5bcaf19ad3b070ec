import type { CustomSeriesRenderItem } from 'echarts';

import type { Format } from '../../ui/format';
import type { Tokens } from '../../ui/tokens';
import { axisLabel, base } from '../common';
import type { ChartOption } from '../types';
import { type ExpiryFigures, figureLines, type Measured, sizeOf } from './expiry';

/** One day of the horizon on which something expires. */
export interface ExpiryDay {
  date: string;
  figures: ExpiryFigures;
}

/** What the calendar draws. */
export interface CalendarData {
  days: readonly ExpiryDay[];
  /** First and last day of the horizon. */
  from: string;
  to: string;
  measured: Measured;
  /** The day whose rows are shown. */
  selected?: string | null;
  href(day: ExpiryDay): string;
  /** Weeks run down instead of to the right. */
  narrow?: boolean;
}

const dayLength = 86_400_000;
/** Shades of the ramp, from few to most. */
export const shades = 5;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
/** Monday is 0. */
const weekdayOf = (time: number) => (new Date(time).getUTCDay() + 6) % 7;

/** Where a day stands: its week after the first one, and its weekday. */
export function placeOf(day: string, from: string): [week: number, weekday: number] {
  const first = timeOf(from) - weekdayOf(timeOf(from)) * dayLength;
  const time = timeOf(day);
  return [Math.floor((time - first) / (7 * dayLength)), weekdayOf(time)];
}

/** The shade of a figure, 1 to 5; the curve brings out the small ones beside a single large day. */
export function shadeOf(size: number, most: number): number {
  if (size <= 0 || most <= 0) return 0;
  return Math.max(1, Math.ceil(shades * (size / most) ** 0.7));
}

/** Every day of the horizon. */
function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let time = timeOf(from); time <= timeOf(to); time += dayLength) days.push(dayOf(time));
  return days;
}

/** Labels of the weeks: the month where one begins. */
export function weekLabels(from: string, to: string, format: Format): string[] {
  const labels: string[] = [];
  for (const day of daysBetween(from, to)) {
    const [week] = placeOf(day, from);
    if (labels[week] === undefined) labels[week] = '';
    if (day.endsWith('-01') || (day === from && Number(day.slice(8)) <= 21)) labels[week] = format.month(day);
  }
  return labels;
}

interface Cell {
  place: [number, number];
  fill: string;
  stroke: string | null;
  text: string;
  ink: string;
}

function drawCells(cells: readonly Cell[], narrow: boolean, tokens: Tokens): CustomSeriesRenderItem {
  return (params, api) => {
    const cell = cells[params.dataIndex];
    if (!cell) return null;
    const [week, weekday] = cell.place;
    const [x = 0, y = 0] = api.coord(narrow ? [weekday, week] : [week, weekday]);
    const [width = 0, height = 0] = api.size?.([1, 1]) as number[];
    const shape = { x: x - width / 2 + 1.5, y: y - height / 2 + 1.5, width: width - 3, height: height - 3, r: 4 };
    return {
      type: 'group',
      children: [
        { type: 'rect', shape, style: { fill: cell.fill, ...(cell.stroke ? { stroke: cell.stroke, lineWidth: 2 } : {}) } },
        ...(cell.text !== '' && width >= 24
          ? [{ type: 'text' as const, silent: true, style: { text: cell.text, x, y, fill: cell.ink, font: `500 11px ${tokens.font}`, align: 'center' as const, verticalAlign: 'middle' as const } }]
          : []),
      ],
    };
  };
}

/** Light shades carry dark ink and dark ones light ink; in the dark scheme the ramp runs the other way. */
function inkOf(shade: number, tokens: Tokens): string {
  return shade >= 4 ? tokens.surface : tokens.text;
}

const rowHeight = { wide: 28, narrow: 26 };
const chrome = { top: 28, bottom: 4 };

/** Height of the calendar: seven rows, or one a week on a phone. */
export function calendarHeight(from: string, to: string, narrow: boolean): number {
  const weeks = placeOf(to, from)[0] + 1;
  return chrome.top + chrome.bottom + (narrow ? weeks * rowHeight.narrow : 7 * rowHeight.wide);
}

/** When licences expire: a cell a day, the darker the more, the number in it. */
export function expiryCalendar(data: CalendarData, format: Format, tokens: Tokens): ChartOption {
  const { days, from, to, measured, narrow = false } = data;
  const most = Math.max(0, ...days.map((day) => sizeOf(day.figures, measured)));
  const cells = days.map((day): Cell => {
    const shade = shadeOf(sizeOf(day.figures, measured), most);
    const number = measured.measure === 'arr' ? '' : format.compact(day.figures[measured.measure]);
    return {
      place: placeOf(day.date, from), fill: shade === 0 ? tokens.sunken : (tokens.heat[shade] ?? tokens.brand), ink: inkOf(shade, tokens),
      stroke: day.date === data.selected ? tokens.text : null, text: shade === 0 ? '' : number,
    };
  });
  const empty = daysBetween(from, to).map((day): Cell => ({ place: placeOf(day, from), fill: tokens.sunken, stroke: null, text: '', ink: tokens.text }));
  const weeks = { type: 'category' as const, data: weekLabels(from, to, format).map((label, week) => `${label}|${week}`) };
  const names = { type: 'category' as const, data: weekdays };
  const quiet = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  const weekText = { ...axisLabel(tokens), interval: 0, formatter: (text: string) => text.split('|')[0] ?? '' };
  const value = (day: string) => { const [week, weekday] = placeOf(day, from); return narrow ? [weekday, week] : [week, weekday]; };
  return {
    ...base(tokens, days.length),
    grid: { left: narrow ? 68 : 40, right: 4, top: chrome.top, bottom: chrome.bottom, outerBoundsMode: 'none' },
    xAxis: narrow
      ? { ...names, ...quiet, position: 'top', axisLabel: { ...axisLabel(tokens), interval: 0 } }
      : { ...weeks, ...quiet, position: 'top', axisLabel: { ...weekText, align: 'left', padding: [0, 0, 0, -16] } },
    yAxis: narrow
      ? { ...weeks, ...quiet, inverse: true, axisLabel: weekText }
      : { ...names, ...quiet, inverse: true, axisLabel: { ...axisLabel(tokens), interval: 0, formatter: (name: string, row: number) => (row % 2 === 0 ? name : '') } },
    series: [
      { type: 'custom', silent: true, animation: false, z: 1, data: daysBetween(from, to).map(value), renderItem: drawCells(empty, narrow, tokens) },
      {
        type: 'custom', z: 2, animation: false, renderItem: drawCells(cells, narrow, tokens),
        data: days.map((day) => ({
          value: value(day.date),
          mark: { title: format.date(day.date), lines: figureLines(day.figures, format), href: data.href(day), action: 'Click shows the rows' },
        })),
      },
    ],
  };
}
