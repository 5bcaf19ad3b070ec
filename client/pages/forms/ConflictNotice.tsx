import { IconGitMerge } from '@tabler/icons-react';

import { Button } from '../../ui/Button';
import type { Difference, Values } from './changes';
import classes from './forms.module.css';

interface ConflictNoticeProps<V extends Values> {
  differences: readonly Difference<V>[];
  /** A field in words, and its value as people read it. */
  name(field: string): string;
  show(field: string, value: string): string;
  onDecide(difference: Difference<V>, take: 'mine' | 'theirs'): void;
}

/** What someone else changed meanwhile; each field both changed waits for a decision. */
export function ConflictNotice<V extends Values>({ differences, name, show, onDecide }: ConflictNoticeProps<V>) {
  if (differences.length === 0) return null;
  return (
    <section className={classes.conflict} role="alert" aria-label="Changed by someone else">
      <p className={classes.conflictTitle}>
        <IconGitMerge aria-hidden size={16} />
        Someone else changed this row while you had it open. Nothing was saved yet.
      </p>
      <ul>
        {differences.map((difference) => (
          <li key={difference.field}>
            <p>
              <strong>{name(difference.field)}</strong> was {show(difference.field, difference.was)}, is
              now <strong>{show(difference.field, difference.theirs)}</strong>
              {difference.contested ? <>; you entered <strong>{show(difference.field, difference.mine)}</strong>.</> : '.'}
            </p>
            {difference.contested && (
              <div className={classes.row}>
                <Button onClick={() => onDecide(difference, 'mine')}>Keep mine</Button>
                <Button onClick={() => onDecide(difference, 'theirs')}>Take theirs</Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
