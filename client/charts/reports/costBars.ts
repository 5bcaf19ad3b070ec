import type { LicenseSource } from '../../api/generated/graphql';
import type { Format, MoneyLike } from '../../ui/format';
import type { Tokens } from '../../ui/tokens';
import { sourceWord } from '../../ui/words';
import { axisLabel, base, splitLine } from '../common';
import type { ChartOption, Mark } from '../types';

/** Spend and use of one owner or source in one currency, as the chart reads it. */
export interface CostBar {
  key: string;
  name: string;
  source: LicenseSource;
  annualSpend: MoneyLike;
  /** Null where nobody is active: then there is no bar, and the spend says why that matters. */
  costPerActiveUser?: MoneyLike | null;
  activeUsers: number;
  licenses: number;
}

/** What the cost chart draws: bars of one currency, in the order of the API. */
export interface CostData {
  bars: readonly CostBar[];
  href(bar: CostBar): string | undefined;
  narrow?: boolean;
}

const rowHeight = 28;
const chrome = { top: 28, bottom: 4 };
const nameWidths = { wide: 216, narrow: 112 };
/** Room for the words at the end of the longest bar. */
const ends = { wide: 184, narrow: 92 };

/** Height of the chart: 28 px a row. */
export const costHeight = (bars: number) => Math.max(1, bars) * rowHeight + chrome.top + chrome.bottom;

/** What one is called that counts as active. */
const countWord = (source: LicenseSource, count: number) => `${source === 'EXTERNAL' ? 'licence' : 'user'}${count === 1 ? '' : 's'}`;

/** A decimal string as a length: never shown, never added. */
const lengthOf = (money: MoneyLike | null | undefined) => (money ? Number.parseFloat(money.amount) : 0);

function costMark(bar: CostBar, href: string | undefined, format: Format): Mark {
  return {
    title: `${bar.name} · ${sourceWord[bar.source]}`,
    lines: [
      ['Cost per active user', bar.costPerActiveUser ? format.money(bar.costPerActiveUser) : 'no active users'],
      ['Spend a year', format.money(bar.annualSpend)],
      [bar.source === 'EXTERNAL' ? 'Licences checked in' : 'Active users', format.integer(bar.activeUsers)],
      ['Licences in force', format.integer(bar.licenses)],
    ],
    ...(href === undefined ? {} : { href, action: 'Click opens the licences' }),
  };
}

function labelOf(bar: CostBar, narrow: boolean, format: Format, tokens: Tokens) {
  const { costPerActiveUser: cost } = bar;
  const spend = format.money(bar.annualSpend, { compact: narrow });
  const more = cost ? `${format.integer(bar.activeUsers)} ${countWord(bar.source, bar.activeUsers)}` : `spend ${spend}`;
  const first = cost ? format.money(cost, { compact: narrow }) : `No active ${bar.source === 'EXTERNAL' ? 'licences' : 'users'},`;
  return {
    show: true, position: 'right' as const, distance: cost ? 6 : 0, overflow: 'none' as const,
    formatter: narrow && cost ? `{cost|${first}}` : `{${cost ? 'cost' : 'none'}|${first}}{more|${more}}`,
    rich: {
      cost: { color: tokens.text, fontSize: 12, fontWeight: 600 as const },
      none: { color: tokens.bands.UNDER.text, fontSize: 12 },
      more: { color: cost ? tokens.text3 : tokens.bands.UNDER.text, fontSize: 12, padding: [0, 0, 0, cost ? 10 : 4] },
    },
  };
}

/** Cost per active user: a bar where somebody is active, the spend in words where nobody is. One currency only. */
export function costBars(data: CostData, format: Format, tokens: Tokens): ChartOption {
  const { bars } = data;
  const narrow = data.narrow ?? false;
  const nameWidth = narrow ? nameWidths.narrow : nameWidths.wide;
  const currency = bars[0]?.annualSpend.currency ?? 'EUR';
  return {
    ...base(tokens, bars.length),
    grid: { left: nameWidth + 16, right: narrow ? ends.narrow : ends.wide, top: chrome.top, bottom: chrome.bottom, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value', min: 0, position: 'top', splitNumber: narrow ? 2 : 5, axisLine: { show: false }, axisTick: { show: false }, splitLine: splitLine(tokens),
      axisLabel: { ...axisLabel(tokens), hideOverlap: true, formatter: (value: number) => format.money({ amount: String(value), currency }, { axis: true }) },
    },
    yAxis: {
      type: 'category', inverse: true, triggerEvent: true, data: bars.map((_, row) => String(row)),
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: {
        ...axisLabel(tokens), color: tokens.text2, interval: 0, align: 'left', margin: nameWidth + 12, width: nameWidth, overflow: 'truncate',
        formatter: (row: string) => bars[Number(row)]?.name ?? '',
      },
    },
    series: [{
      type: 'bar', barWidth: 14, z: 3, emphasis: { itemStyle: { opacity: 0.8 } },
      data: bars.map((bar) => ({
        value: lengthOf(bar.costPerActiveUser),
        mark: costMark(bar, data.href(bar), format),
        itemStyle: { color: bar.source === 'EXTERNAL' ? tokens.series[1] : tokens.series[0], borderRadius: [0, 3, 3, 0] },
        label: labelOf(bar, narrow, format, tokens),
      })),
    }],
  };
}
