import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type {
  DataZoomComponentOption, GridComponentOption, MarkLineComponentOption, TooltipComponentOption,
} from 'echarts/components';
import type { ComposeOption } from 'echarts/core';

import type { LifecycleStatus, OwnerType, UtilizationBand } from '../api/generated/graphql';
import type { Format, MoneyLike } from '../ui/format';
import type { Tokens } from '../ui/tokens';

/** Every option a chart function of this folder may return: exactly the parts `engine.ts` registers. */
export type ChartOption = ComposeOption<
  | BarSeriesOption | CustomSeriesOption | LineSeriesOption | ScatterSeriesOption
  | DataZoomComponentOption | GridComponentOption | MarkLineComponentOption | TooltipComponentOption
>;

/** Draws one chart: nothing but its arguments goes in, nothing but an ECharts option comes out. */
export type ChartFunction<Data> = (data: Data, format: Format, tokens: Tokens) => ChartOption;

/** What a mark stands for: read by the tooltip, by the keyboard and by the click. Data items carry it as `mark`. */
export interface Mark {
  /** Where a click or Enter leads. */
  href?: string;
  title: string;
  /** At most four; the tooltip holds six lines with the title and the action. */
  lines: readonly (readonly [label: string, value: string])[];
  /** What a click does, in words; absent when it does nothing. */
  action?: string;
  /** Row on a scrolled axis, so that the keyboard can bring it into view. */
  row?: number;
}

/** The part of a `UtilizationLine` the charts read. */
export interface Line {
  ownerType: OwnerType;
  ownerId: string;
  ownerName: string;
  figures: {
    seatsInForce: number;
    activeUsers: number;
    registeredUsers: number;
    ratio: { value?: number | null };
    band?: UtilizationBand | null;
  };
}

/** Limits of the utilisation bands, as configured on the server. */
export interface Limits {
  under: number;
  over: number;
}

/** The part of a `RevenueFigure` the revenue chart reads. */
export interface Figure {
  currency: string;
  annualValue: MoneyLike;
  seats: number;
  rounds: number;
  converted?: { money: MoneyLike; rateDate: string; source: string } | null;
}

/** The part of a `License` the timeline reads. */
export interface Round {
  id: string;
  ownerKey: string;
  ownerName: string;
  productLabel: string;
  startDate: string;
  endDate?: string | null;
  graceEndDate?: string | null;
  seats: number;
  lifecycleStatus: LifecycleStatus;
}

/** One interval of `activityOverTime`. */
export interface Point {
  from: string;
  to: string;
  activeUsers: number;
}
