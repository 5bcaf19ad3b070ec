import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';

import { Drawer } from '@mantine/core';
import { useState } from 'react';

import { Sidebar } from './Sidebar';

/** The pages on a narrow screen. */
export default function NavigationDrawer({ onClose }: { onClose: () => void }) {
  const [cameFrom] = useState(() => document.activeElement);
  // The layer leaves the page at once, so the focus has to be taken back here; a chosen page takes it itself.
  const dismiss = () => {
    onClose();
    if (cameFrom instanceof HTMLElement) cameFrom.focus();
  };
  return (
    <Drawer opened onClose={dismiss} size={272} padding={0} withCloseButton={false} attributes={{ content: { 'aria-label': 'Pages' } }}>
      <Sidebar onNavigate={onClose} />
    </Drawer>
  );
}
