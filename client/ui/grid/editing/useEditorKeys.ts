import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';

import { type Move, useCells } from './cells';
import type { Values } from './problems';

interface EditorKeys {
  box: RefObject<HTMLElement | null>;
  draft: Values | null;
  problem: string | undefined;
  take(values: Values): void;
  leave(to: Move): void;
  /** Closes without a word. */
  drop(shouldFocus: boolean): void;
}

function moveOf({ key, shiftKey }: KeyboardEvent): Move | undefined {
  if (key === 'Enter') return shiftKey ? 'up' : 'down';
  return key === 'Tab' ? (shiftKey ? 'left' : 'right') : undefined;
}

/** How an editor ends: by Enter or Tab when its value is right, by Escape without it, by a press outside with whatever it holds. */
export function useEditorKeys({ box, draft, problem, take, leave, drop }: EditorKeys) {
  const { startWith } = useCells();
  const outside = useRef(() => {});
  outside.current = () => {
    if (draft) take(draft);
    drop(false);
  };
  useEffect(() => {
    // The next editor is opened by typing unless it says otherwise.
    startWith.current = 'text';
    const press = ({ target }: MouseEvent) => {
      if (!(target instanceof Element) || box.current?.contains(target) || target.closest('[data-cell-layer]')) return;
      outside.current();
    };
    window.addEventListener('mousedown', press, { capture: true });
    return () => window.removeEventListener('mousedown', press, { capture: true });
  }, [box, startWith]);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const to = moveOf(event);
    if (event.key === 'Escape') drop(true);
    if (to === undefined || event.nativeEvent.isComposing) return;
    // Buttons under the cell have keys of their own.
    if (event.target instanceof Element && event.target.closest('[data-cell-layer]') && event.key === 'Enter') return;
    // From the amount Tab goes on to its currency.
    if (event.key === 'Tab' && !event.shiftKey && event.target instanceof HTMLInputElement && box.current?.querySelector('select')) return;
    event.preventDefault();
    if (problem) return;
    if (draft) take(draft);
    leave(to);
  };
  const done = (values: Values, to: Move = 'stay') => {
    take(values);
    leave(to);
  };
  return { onKeyDown, done };
}
