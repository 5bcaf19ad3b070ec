import type { Tokens } from '../ui/tokens';
import type { ChartOption, Mark } from './types';

/** Above this many marks nothing is animated: it would only be late. */
const animatedMarks = 200;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** The tooltip of a mark as HTML; names come from the database, so everything is escaped. */
export function tooltipHtml(mark: Mark, tokens: Tokens): string {
  const lines = mark.lines.map(([label, value]) =>
    `<tr><td style="color:${tokens.text2};padding:0 16px 0 0">${escapeHtml(label)}</td>`
    + `<td style="text-align:right;font-weight:500;font-variant-numeric:tabular-nums">${escapeHtml(value)}</td></tr>`);
  const action = mark.action ? `<div style="color:${tokens.text3};margin-top:6px;font-size:12px">${escapeHtml(mark.action)}</div>` : '';
  return `<div style="font-weight:600;margin-bottom:4px;max-width:280px;white-space:normal">${escapeHtml(mark.title)}</div>`
    + `<table style="border-collapse:collapse;font-size:13px;line-height:20px">${lines.join('')}</table>${action}`;
}

/** The mark a data item carries, or nothing: reference lines and tracks carry none. */
export function markOf(item: unknown): Mark | undefined {
  if (typeof item !== 'object' || item === null || !('mark' in item)) return undefined;
  return item.mark as Mark;
}

/** What every chart shares: fonts, tooltip, motion, UTC (a `Date` is a calendar day, never a local midnight). */
export function base(tokens: Tokens, marks: number): ChartOption {
  return {
    useUTC: true,
    animation: marks <= animatedMarks,
    animationDuration: 200,
    animationDurationUpdate: 200,
    textStyle: { fontFamily: tokens.font, fontSize: 12, color: tokens.text2 },
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: tokens.surface,
      borderColor: tokens.line,
      borderWidth: 1,
      padding: [10, 12],
      extraCssText: 'border-radius:10px;box-shadow:0 8px 24px rgb(16 24 40 / .14)',
      textStyle: { color: tokens.text, fontSize: 13, fontFamily: tokens.font },
      formatter: (params) => {
        const item = Array.isArray(params) ? params[0] : params;
        const mark = markOf(item?.data);
        return mark ? tooltipHtml(mark, tokens) : '';
      },
    },
  };
}

/** Labels of an axis. */
export function axisLabel(tokens: Tokens) {
  return { color: tokens.text3, fontSize: 12, fontFamily: tokens.font } as const;
}

/** Quiet lines behind the marks. */
export function splitLine(tokens: Tokens) {
  return { show: true, lineStyle: { color: tokens.line, width: 1 } } as const;
}

/** A mark's place in its option, in reading order: what the arrow keys walk along. */
export interface PlacedMark {
  seriesIndex: number;
  dataIndex: number;
  mark: Mark;
}

/** All marks of an option in the order of its series and data. */
export function marksOf(option: ChartOption): PlacedMark[] {
  const series = Array.isArray(option.series) ? option.series : option.series ? [option.series] : [];
  return series.flatMap((one, seriesIndex) => {
    const data: unknown = one.data;
    if (!Array.isArray(data)) return [];
    return data.flatMap((item: unknown, dataIndex) => {
      const mark = markOf(item);
      return mark ? [{ seriesIndex, dataIndex, mark }] : [];
    });
  });
}

/** What a screen reader says of a mark. */
export const spoken = (mark: Mark) => `${mark.title}: ${mark.lines.map(([label, value]) => `${label} ${value}`).join(', ')}`;

/** The place among `marks` of one of an earlier drawing, by its words or, if its figures changed, by what it stands for; -1: it is gone. */
export function placeOf({ seriesIndex, mark }: PlacedMark, marks: readonly PlacedMark[]): number {
  const { title, href } = mark;
  const words = spoken(mark);
  const alike: ((other: PlacedMark) => boolean)[] = [
    (other) => spoken(other.mark) === words && other.mark.href === href,
    (other) => spoken(other.mark) === words,
    // Only its figures are others. Marks of several series may share a title, and lead the same way.
    (other) => other.mark.title === title && other.mark.href === href && other.seriesIndex === seriesIndex,
    (other) => href !== undefined && other.mark.title === title && other.mark.href === href,
  ];
  return alike.map((isAlike) => marks.findIndex(isAlike)).find((place) => place >= 0) ?? -1;
}
