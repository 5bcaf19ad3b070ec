import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Popover.layer.css';

import { Drawer, FocusTrap, Popover } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';

import classes from './Floating.module.css';
import { Skeleton } from './states';

const FOCUSABLE = 'input, button, a[href], [tabindex="0"]';

/** Moves the focus to the first control once the content, which may still be on its way, is there. */
function FirstFocus({ children }: { children: ReactNode }) {
  return (
    <Suspense fallback={<Skeleton height={180} />}>
      <Arrived>{children}</Arrived>
    </Suspense>
  );
}

function Arrived({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The layer is not in its place yet, and the page must not scroll to where it is.
    box.current?.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true });
  }, []);
  return <div ref={box}>{children}</div>;
}

/** The open layer of `Floating`. */
export default function FloatingLayer({
  label,
  width,
  align,
  onClose,
  children,
}: {
  label: string;
  width: number;
  align: 'start' | 'end';
  onClose: () => void;
  children: ReactNode;
}) {
  const phone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  if (phone) {
    return (
      <Drawer
        opened
        onClose={onClose}
        position="bottom"
        size="auto"
        title={label}
        closeButtonProps={{ 'aria-label': 'Close' }}
        classNames={{ content: classes['sheet'] ?? '', header: classes['sheetHeader'] ?? '', title: classes['sheetTitle'] ?? '' }}
      >
        <FirstFocus>{children}</FirstFocus>
      </Drawer>
    );
  }
  return (
    <Popover
      opened
      onChange={(opened) => !opened && onClose()}
      onDismiss={onClose}
      position={`bottom-${align}`}
      width={width}
      offset={6}
      trapFocus
    >
      <Popover.Target>
        <span aria-hidden className={classes['target']} />
      </Popover.Target>
      <Popover.Dropdown aria-label={label} className={classes['dropdown']}>
        <FocusTrap.InitialFocus />
        <FirstFocus>{children}</FirstFocus>
      </Popover.Dropdown>
    </Popover>
  );
}
