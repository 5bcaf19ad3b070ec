import { lazy, type MouseEvent, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';

import classes from './Floating.module.css';

const load = () => import('./FloatingLayer');
const Layer = lazy(load);

/** What a trigger passes on to its button. */
export interface TriggerProps {
  'aria-expanded': boolean;
  'aria-haspopup': 'dialog';
  onClick: (event: MouseEvent) => void;
  onPointerEnter: () => void;
  onFocus: () => void;
}

/**
 * A layer that opens below its trigger, or as a sheet from the bottom of a phone. The code that places it (30 kB) comes
 * when the trigger is first pointed at, focused or pressed.
 */
export function Floating({
  label,
  trigger,
  children,
  width = 300,
  align = 'start',
}: {
  label: string;
  trigger: (props: TriggerProps) => ReactNode;
  children: (close: () => void) => ReactNode;
  width?: number;
  align?: 'start' | 'end';
}) {
  const [open, setOpen] = useState(false);
  const pressed = useRef<HTMLElement>(null);
  const preload = () => void load();
  // The layer leaves the page at once, so the focus has to be taken back here.
  const close = () => {
    setOpen(false);
    pressed.current?.focus({ preventScroll: true });
  };
  // Content that arrives in the moment of closing takes the focus along when it goes.
  useEffect(() => {
    if (!open && document.activeElement === document.body) pressed.current?.focus({ preventScroll: true });
  }, [open]);
  return (
    // A press on the trigger must not count as a press outside of the layer, or it would close and open again at once.
    <span className={classes['anchor']} onMouseDown={(event) => open && event.stopPropagation()}>
      {trigger({
        'aria-expanded': open,
        'aria-haspopup': 'dialog',
        onClick: (event) => {
          if (event.currentTarget instanceof HTMLElement) pressed.current = event.currentTarget;
          setOpen(!open);
        },
        onPointerEnter: preload,
        onFocus: preload,
      })}
      {open && (
        <Suspense fallback={null}>
          <Layer label={label} width={width} align={align} onClose={close}>
            {children(close)}
          </Layer>
        </Suspense>
      )}
    </span>
  );
}
