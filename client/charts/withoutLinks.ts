import { markOf } from './common';
import type { ChartOption } from './types';

/** The option with marks that lead nowhere, and do not say they would, where `reachable` knows no way. */
export function withoutLinks(option: ChartOption, reachable: (href: string) => string | undefined): ChartOption {
  const plain = (item: unknown): unknown => {
    const mark = markOf(item);
    if (mark?.href === undefined || reachable(mark.href) !== undefined) return item;
    const { href: _, action: __, ...rest } = mark;
    return { ...(item as object), mark: rest };
  };
  const series = Array.isArray(option.series) ? option.series : option.series ? [option.series] : [];
  const shown = series.map((one) => (Array.isArray(one.data) ? { ...one, data: (one.data as unknown[]).map(plain) } : one));
  return { ...option, series: shown as NonNullable<ChartOption['series']> };
}
