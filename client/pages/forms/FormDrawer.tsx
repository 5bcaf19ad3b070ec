import './styles';

import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef, useState } from 'react';

import { Button } from '../../ui/Button';
import classes from './forms.module.css';

/** Tells the drawer that there is something to lose. */
export interface Guard {
  setDirty(dirty: boolean): void;
  /** Closes without asking: after a save. */
  done(): void;
}

interface FormDrawerProps {
  opened: boolean;
  title: string;
  onClose(): void;
  children(guard: Guard): ReactNode;
}

/** A form beside the page it belongs to, full screen on a phone. Closing it asks when something was typed. */
export function FormDrawer({ opened, title, onClose, children }: FormDrawerProps) {
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const dirty = useRef(false);
  const [asking, setAsking] = useState(false);
  const done = () => {
    dirty.current = false;
    setAsking(false);
    onClose();
  };
  const close = () => (dirty.current ? setAsking(true) : done());
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (dirty.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  return (
    <Drawer
      opened={opened} onClose={close} title={title} position="right" size={narrow ? '100%' : 480} transitionProps={{ duration: 150 }}
      classNames={{ title: classes.title, body: classes.body, content: classes.content }} closeButtonProps={{ 'aria-label': 'Close' }}
      // Mantine's title bar is a <header>, which would be a second banner of the page.
      attributes={{ header: { role: 'none' } }}
    >
      {asking && (
        <div className={classes.asking} role="alertdialog" aria-label="Discard changes?">
          <span>Your changes are not saved.</span>
          <span className={classes.row}>
            <Button data-autofocus onClick={() => setAsking(false)}>Keep editing</Button>
            <Button onClick={done}>Discard</Button>
          </span>
        </div>
      )}
      {children({ setDirty: (now) => { dirty.current = now; }, done })}
    </Drawer>
  );
}
