import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { useId } from 'react';

import type { DataQualityKind, DataQualitySeverity } from '../../api/generated/graphql';
import { format } from '../../ui/format';
import type { KindCount } from './queries';
import classes from './quality.module.css';
import { kindWord, severityWord } from './words';

const severities: readonly DataQualitySeverity[] = ['ERROR', 'WARNING'];
const icons = { ERROR: IconCircleX, WARNING: IconAlertTriangle };

interface KindListProps {
  kinds: readonly KindCount[];
  chosen: DataQualityKind;
  onChoose(kind: DataQualityKind): void;
}

function Group({ severity, kinds, chosen, onChoose }: KindListProps & { severity: DataQualitySeverity }) {
  const heading = useId();
  const { tone, heading: words } = severityWord[severity];
  const Icon = icons[severity];
  return (
    <section className={classes['group']} aria-labelledby={heading}>
      <h2 id={heading} style={{ color: `var(--sw-${tone}-text)` }}><Icon aria-hidden size={16} />{words}</h2>
      <ul>
        {kinds.map(({ kind, count }) => (
          <li key={kind}>
            <button type="button" className={classes['kind']} aria-pressed={kind === chosen} data-none={count === 0 || undefined} onClick={() => onChoose(kind)}>
              <span>{kindWord[kind]}</span>
              <span className={classes['count']}>{format.integer(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Every kind with its count, the gravest first; one is chosen. */
export function KindList(props: KindListProps) {
  return (
    <div className={classes['kinds']} role="group" aria-label="Kinds of finding">
      {severities.map((severity) => (
        <Group key={severity} {...props} severity={severity} kinds={props.kinds.filter((line) => line.severity === severity)} />
      ))}
    </div>
  );
}
