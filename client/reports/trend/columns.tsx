import { amountText, intervalText, type Movement, movementWord, type TrendStep } from '../../charts/reports/trendWords';
import type { TrendInterval } from '../../api/generated/graphql';
import { format } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import classes from './trend.module.css';

const order: readonly Movement[] = ['opening', 'new', 'renewed', 'reactivated', 'expansion', 'contraction', 'expired', 'net', 'closing'];
const onCard: readonly Movement[] = ['new', 'expired', 'closing'];

function movementColumn(movement: Movement): GridColumn<TrendStep> {
  const amount = (step: TrendStep) => step.flow[movement];
  return {
    key: movement, header: movementWord[movement], numeric: true, ...(onCard.includes(movement) ? { card: 'field' as const } : {}),
    value: (step) => { const own = amount(step); return typeof own === 'number' ? own : own.amount; },
    cell: (step) => { const own = amount(step); return movement === 'net' && typeof own === 'number' ? format.signed(own) : amountText(own, format); },
  };
}

/** Every column of the trend; a currency only where the movements are money. */
export function trendColumns(interval: TrendInterval, currency: string | undefined): GridColumn<TrendStep>[] {
  return [
    {
      key: 'from', header: interval === 'MONTH' ? 'Month' : 'Quarter', card: 'title', value: ({ from }) => intervalText(from, interval, format),
      cell: (step) => (
        <>
          {intervalText(step.from, interval, format)}
          {step.incomplete && <span className={classes['running']}>to {format.dateShort(step.to)}</span>}
        </>
      ),
    },
    ...order.map(movementColumn),
    ...(currency === undefined ? [] : [{ key: 'currency', header: 'Currency', optional: true, value: () => currency }]),
    { key: 'firstDay', header: 'First day', optional: true, value: ({ from }) => from },
    { key: 'lastDay', header: 'Last day', optional: true, value: ({ to }) => to },
    { key: 'incomplete', header: 'Incomplete', optional: true, value: ({ incomplete }) => (incomplete ? 'yes' : 'no') },
  ];
}
