import type { LicenseSource } from '../../api/generated/graphql';
import { FigureCard } from '../../ui/FigureCard';
import { format } from '../../ui/format';
import { sourceWord } from '../../ui/words';
import { Lines } from '../frame/Figures';
import classes from './cost.module.css';
import { type Cost, type SourceCost, useCostHref } from './useCost';
import { basisWord, countWord } from './words';

const order: readonly LicenseSource[] = ['PORTAL', 'EXTERNAL'];

function counted({ activeUsers, basis }: SourceCost): string {
  return `${format.integer(activeUsers)} ${countWord[basis][activeUsers === 1 ? 0 : 1]}`;
}

/** "spend ≈ EUR 11,400"; nothing for the reporting currency itself. */
function conversion({ converted, currency }: SourceCost): string | null {
  if (!converted) return 'no rate within 7 days';
  return converted.money.currency === currency ? null : `≈ ${format.money(converted.money, { code: true })}`;
}

/** The rates behind the amounts marked ≈, each once. */
function rateNotes(lines: readonly SourceCost[]): string {
  const used = lines.flatMap(({ converted, currency }) => (converted && converted.money.currency !== currency ? [converted] : []));
  const notes = new Set(used.map(({ rateDate, source }) => `rates of ${format.date(rateDate)} (${source})`));
  return notes.size === 0 ? '' : `≈ converts the spend at ${[...notes].join(', ')}.`;
}

function SourceFigure({ line, code, money, href }: { line: SourceCost; code: boolean; money: boolean; href: string | undefined }) {
  const { costPerActiveUser: cost } = line;
  if (!money) {
    return <FigureCard label={line.currency} field="SourceCost.activeUsers" value={format.compact(line.activeUsers)} context={`${format.integer(line.licenses)} licences`} to={href} />;
  }
  const spend = format.money(line.annualSpend, { code: true });
  return (
    <FigureCard
      label={line.currency}
      field="SourceCost.costPerActiveUser"
      value={cost ? format.money(cost, { compact: true, code }) : '–'}
      exact={cost ? format.money(cost, { code: true }) : undefined}
      to={href}
      context={<Lines>{[cost ? `${counted(line)}, spend ${spend}` : `No ${countWord[line.basis][1]}, spend ${spend}`, conversion(line)]}</Lines>}
    />
  );
}

/** A figure per source and currency, with what it is divided by; never one figure over currencies. */
export function CostFigures({ cost }: { cost: Cost }) {
  const { sources, data, result, scope } = cost;
  const href = useCostHref();
  const loading = !data;
  if (loading) {
    return (
      <section aria-label="Key figures" className={classes['figures']}>
        {[1, 2, 3].map((key) => <FigureCard key={key} label="Cost per active user" field="SourceCost.costPerActiveUser" value="" loading />)}
      </section>
    );
  }
  return (
    <>
      {order.map((source) => {
        const lines = sources.filter((line) => line.source === source);
        const [first] = lines;
        if (!first) return null;
        return (
          <section key={source} aria-label={`Key figures: ${sourceWord[source]}`} className={classes['source']} data-stale={result.stale || undefined}>
            <h2>
              {sourceWord[source]} <span>{scope.money ? `cost a year ${basisWord[first.basis]}` : countWord[first.basis][1]}</span>
            </h2>
            <div className={classes['figures']}>
              {lines.map((line) => <SourceFigure key={line.currency} line={line} code={cost.currencies.length > 1} money={scope.money} href={href(line)} />)}
            </div>
            {scope.money && rateNotes(lines) !== '' && <p className={classes['note']}>{rateNotes(lines)}</p>}
          </section>
        );
      })}
    </>
  );
}
