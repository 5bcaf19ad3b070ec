import type { BarMovement } from '../../charts/reports/trendBars';
import type { TrendStep } from '../../charts/reports/trendWords';
import { getFragmentData } from '../../api/generated';
import type { TrendMode, TrendQuery as TrendAnswer } from '../../api/generated/graphql';
import { FlowFields, MoneyFlowFields } from './queries';

/** What the movements are measured in. */
export const units = ['LICENSES', 'SEATS', 'ARR'] as const;
export type TrendUnit = (typeof units)[number];

type Trend = TrendAnswer['consumptionTrend'];
type Flows = Pick<Trend['totals'], 'licenses' | 'seats' | 'arr'>;

/** The movements in one unit, and for money in one currency; undefined when the answer does not have them. */
export function flowOf(flows: Flows, unit: TrendUnit, currency: string | undefined): TrendStep['flow'] | undefined {
  if (unit === 'ARR') return getFragmentData(MoneyFlowFields, flows.arr ?? []).find((flow) => flow.currency === currency);
  return getFragmentData(FlowFields, unit === 'SEATS' ? flows.seats : flows.licenses) ?? undefined;
}

/** The intervals in one unit. */
export function stepsOf(trend: Trend | undefined, unit: TrendUnit, currency: string | undefined): TrendStep[] {
  return (trend?.points ?? []).flatMap((point) => {
    const flow = flowOf(point, unit, currency);
    return flow ? [{ from: point.from, to: point.to, incomplete: point.incomplete, flow }] : [];
  });
}

/** The currencies in which there is any movement. */
export function currenciesOf(trend: Trend | undefined): string[] {
  return getFragmentData(MoneyFlowFields, trend?.totals.arr ?? []).map(({ currency }) => currency);
}

/** Movements that can't occur: licences have no size, and the plain counts know no continuation. */
export function absentMovements(mode: TrendMode, unit: TrendUnit): BarMovement[] {
  if (mode === 'GROSS') return ['renewed', 'reactivated', 'expansion', 'contraction'];
  return unit === 'LICENSES' ? ['expansion', 'contraction'] : [];
}
