import './shell/modal.css';

import { Modal } from '@mantine/core';
import { use, useEffect, useState } from 'react';
import { UNSAFE_NavigationContext as NavigationContext } from 'react-router';

import { guardBack } from './backGuard';
import { Button } from './Button';
import classes from './Leaving.module.css';

/** react-router numbers the entries of the browser's history here. */
const entryNumber = (): number => {
  const state = window.history.state as { idx?: number } | null;
  return state?.idx ?? 0;
};

const pathOf = (to: unknown): string => {
  const path = typeof to === 'string' ? to : (to as { pathname?: string }).pathname ?? '';
  return new URL(path, window.location.href).pathname;
};

/**
 * Asks before a page with something unsaved is left: by a link, by a key, by the browser's buttons, by closing the tab. The
 * router without data routes has no question of its own, so its navigator is asked to wait. Filters and ordering, which
 * stay on the page, do not ask.
 */
export function Leaving({ dirty, what }: { dirty: boolean; what: string }) {
  const { navigator } = use(NavigationContext);
  const [leave, setLeave] = useState<{ go(): void } | null>(null);

  useEffect(() => {
    if (!dirty) return undefined;
    const { push, replace } = navigator;
    const guarded = (move: typeof push): typeof push => (to, state, options) => {
      if (pathOf(to) === window.location.pathname) move.call(navigator, to, state, options);
      else setLeave({ go: () => move.call(navigator, to, state, options) });
    };
    navigator.push = guarded(push);
    navigator.replace = guarded(replace);
    return () => {
      navigator.push = push;
      navigator.replace = replace;
    };
  }, [dirty, navigator]);

  useEffect(() => {
    if (!dirty) return undefined;
    const here = { path: window.location.pathname, number: entryNumber() };
    let returning = false;
    const onPop = (event: PopStateEvent) => {
      if (!returning && window.location.pathname === here.path) {
        here.number = entryNumber();
        return;
      }
      // The browser has moved already: back to where it was, without a word to the router, and then the question.
      event.stopImmediatePropagation();
      if (returning) {
        returning = false;
        return;
      }
      const delta = entryNumber() - here.number;
      returning = true;
      window.history.go(-delta);
      setLeave({ go: () => {
        guardBack(null);
        window.history.go(delta);
      } });
    };
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    guardBack(onPop);
    window.addEventListener('beforeunload', onUnload);
    return () => {
      guardBack(null);
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [dirty]);

  if (!leave) return null;
  return (
    <Modal
      opened onClose={() => setLeave(null)} title="Leave without saving?" centered transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close' }} attributes={{ header: { role: 'none' } }}
    >
      <p>{what}</p>
      <div className={classes.foot}>
        <Button data-autofocus onClick={() => setLeave(null)}>Stay</Button>
        <Button onClick={leave.go}>Leave</Button>
      </div>
    </Modal>
  );
}
