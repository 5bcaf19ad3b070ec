import { format } from '../../../ui/format';
import classes from './bulk.module.css';
import type { Preview } from './usePreview';

/** Annual value in force today before and after, a line a currency. */
export function MoneyEffect({ money }: { money: NonNullable<Preview['money']> }) {
  if (money.length === 0) return <p className={classes.muted}>None of these licences is in force today, before or after.</p>;
  const code = money.length > 1;
  return (
    <table className={classes.money}>
      <caption>Annual value in force today</caption>
      <thead><tr><th>Currency</th><th>Before</th><th>After</th></tr></thead>
      <tbody>
        {money.map(({ currency, before, after }) => (
          <tr key={currency}>
            <th scope="row">{currency}</th>
            <td>{format.money(before, { code })}</td>
            {before.amount === after.amount
              ? <td className={classes.same}>unchanged</td>
              : <td data-changed>{format.money(after, { code })}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
