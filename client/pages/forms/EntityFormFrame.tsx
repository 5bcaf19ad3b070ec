import { type FormEvent, type ReactNode, useEffect } from 'react';

import { Button } from '../../ui/Button';
import type { Values } from './changes';
import { ConflictNotice } from './ConflictNotice';
import classes from './forms.module.css';
import type { Guard } from './FormDrawer';
import type { useEntityForm } from './useEntityForm';

interface EntityFormFrameProps<V extends Values> {
  entity: ReturnType<typeof useEntityForm<V>>;
  guard: Guard;
  /** "Add licence", "Save changes". */
  verb: string;
  /** A value is still on its way into the form: nothing can be sent before. */
  reading?: boolean;
  onCancel(): void;
  name(field: string): string;
  show?(field: string, value: string): string;
  children: ReactNode;
}

/** What every form has around its fields: the conflict, the problems, and the buttons that stay in view. */
export function EntityFormFrame<V extends Values>({ entity, guard, verb, reading = false, onCancel, name, show, children }: EntityFormFrameProps<V>) {
  useEffect(() => guard.setDirty(entity.dirty));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void entity.submit();
  };
  const idle = !entity.isNew && !entity.dirty;
  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <ConflictNotice differences={entity.conflict} name={name} show={show ?? ((_, value) => value || '–')} onDecide={entity.decide} />
      {entity.problems.length > 0 && (
        <div className={classes.problems} role="alert">{entity.problems.map((text) => <p key={text}>{text}</p>)}</div>
      )}
      <div className={classes.fields}>{children}</div>
      <footer className={classes.footer}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button kind="primary" type="submit" disabled={entity.saving || entity.undecided || idle || reading}>
          {entity.saving ? 'Saving' : verb}
        </Button>
      </footer>
    </form>
  );
}
