import { FigureCard } from '../../ui/FigureCard';
import { format } from '../../ui/format';
import classes from './imports.module.css';
import type { Check } from './queries';

/** What the check found, as five figures that add up to the rows of the file. */
export function Tiles({ check }: { check: Check }) {
  const share = (count: number) => (check.rows === 0 ? '' : `${format.percent(count / check.rows)} of ${format.integer(check.rows)} rows`);
  const tile = (label: string, field: 'new' | 'changed' | 'unchanged' | 'duplicates' | 'errorRows') => (
    <div data-bad={(field === 'errorRows' && check.errorRows > 0) || undefined}>
      <FigureCard label={label} field={`ImportCheck.${field}`} value={format.integer(check[field])} context={share(check[field])} />
    </div>
  );
  return (
    <section aria-label="Rows of the file" className={classes['tiles']}>
      {tile('New', 'new')}{tile('Changed', 'changed')}{tile('Unchanged', 'unchanged')}{tile('Duplicates', 'duplicates')}{tile('Errors', 'errorRows')}
    </section>
  );
}
