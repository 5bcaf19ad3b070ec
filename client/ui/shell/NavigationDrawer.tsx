import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';

import { Drawer } from '@mantine/core';

import { Sidebar } from './Sidebar';

/** The pages on a narrow screen. */
export default function NavigationDrawer({ onClose }: { onClose: () => void }) {
  return (
    <Drawer opened onClose={onClose} size={272} padding={0} withCloseButton={false} aria-label="Pages">
      <Sidebar onNavigate={onClose} />
    </Drawer>
  );
}
