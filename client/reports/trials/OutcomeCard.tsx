import type { CSSProperties } from 'react';

import { Card } from '../../ui/Card';
import { format } from '../../ui/format';
import { Skeleton } from '../../ui/states';
import { Term } from '../../ui/Term';
import { ShareBar, type SharePart } from '../frame/ShareBar';
import classes from './trials.module.css';
import type { Trials } from './useTrials';

type Funnel = NonNullable<Trials['data']>;

function convertedParts({ conversions }: Funnel): SharePart[] {
  return [
    { key: 'before', label: 'Converted before expiry', value: conversions.beforeExpiry, tone: 'heat-6' },
    { key: 'grace', label: 'Converted in grace', value: conversions.inGrace, tone: 'heat-5' },
    { key: 'after', label: 'Converted after grace', value: conversions.afterGrace, tone: 'heat-4' },
    { key: 'unknown', label: 'Converted, time unknown', value: conversions.unknownDate, tone: 'heat-3' },
  ];
}

function outcomeParts(funnel: Funnel): SharePart[] {
  const { outcome } = funnel;
  if (!outcome) return convertedParts(funnel);
  return [
    ...convertedParts(funnel),
    { key: 'open', label: 'Open', value: outcome.open, tone: 'scheduled', hollow: true, title: 'Not converted, and not past grace' },
    { key: 'lapsed', label: 'Lapsed', value: outcome.lapsed, tone: 'expired', title: 'Not converted, and past grace' },
  ];
}

/** Those that were deactivated again, on the scale of the bar above and under its converted part; the browser divides. */
function Reverted({ reverted, whole }: { reverted: number; whole: number }) {
  const style: CSSProperties & Record<'--part' | '--whole', number> = { '--part': reverted, '--whole': whole };
  return (
    <div className={classes['reverted']}>
      {reverted > 0 && whole > 0 && <span aria-hidden className={classes['revertedBar']} style={style} />}
      <p>
        <Term field="TrialFunnel.reverted">Reverted</Term> <strong>{format.integer(reverted)}</strong> of the converted were deactivated again later.
      </p>
    </div>
  );
}

/** What became of the started trials, as one bar of 100 %. */
export function OutcomeCard({ trials }: { trials: Trials }) {
  const { data, mode, result } = trials;
  const started = data?.steps.find(({ name }) => name === 'STARTED')?.count ?? 0;
  const converted = data?.steps.find(({ name }) => name === 'CONVERTED')?.count ?? 0;
  return (
    <Card
      labelId="outcome"
      title={mode === 'COHORT' ? 'What became of them?' : 'When did trials convert?'}
      hint={mode === 'COHORT'
        ? `Converted, open and lapsed add up to the ${format.integer(started)} started.`
        : 'Events of the range; open and lapsed belong to trials, not to events.'}
    >
      {!data ? <Skeleton height={128} /> : (
        <div className={classes['outcome']} data-stale={result.stale || undefined}>
          <ShareBar label={mode === 'COHORT' ? 'Outcome of the started trials' : 'Conversions by time'} parts={outcomeParts(data)} />
          <Reverted reverted={data.reverted} whole={data.outcome ? started : converted} />
          {data.strict && (
            <p className={classes['chain']}>
              Strict chain: <strong>{format.integer(data.strict.started)}</strong> started, of these <strong>{format.integer(data.strict.activated)}</strong> with
              activity, of these <strong>{format.integer(data.strict.activatedAndConverted)}</strong> converted.
            </p>
          )}
        </div>
      )}
    </Card>
  );
}
