import { lazy, type ReactNode, Suspense, useId, useRef, useState } from 'react';

import type { descriptions } from '../api/generated/descriptions';
import classes from './Term.module.css';

const load = () => import('./TermLayer');
const Layer = lazy(load);

/** A field of the API whose definition is known, for example `Dashboard.activeUsers`. */
export type DescribedField = keyof typeof descriptions;

/** A word, or an icon after one, with its definition from the API, shown on hover, focus and tap. */
export function Term({
  field,
  plain = false,
  label,
  children,
}: {
  field: DescribedField;
  /** Without the dotted line under words: for icons, which then need a `label`. */
  plain?: boolean;
  label?: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = (delay: number) => {
    void load();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(true), delay);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setOpen(false);
  };
  return (
    <span className={classes['anchor']} onPointerLeave={hide}>
      <button
        type="button"
        className={classes[plain ? 'icon' : 'term']}
        aria-label={label}
        aria-describedby={open ? id : undefined}
        onPointerEnter={(event) => event.pointerType === 'mouse' && show(250)}
        onFocus={() => show(0)}
        onBlur={hide}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
        onClick={() => show(0)}
      >
        {children}
      </button>
      {open && (
        <Suspense fallback={null}>
          <Layer id={id} field={field} />
        </Suspense>
      )}
    </span>
  );
}
