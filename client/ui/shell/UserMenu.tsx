import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconKeyboard, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { Link } from 'react-router';

import { useViewer } from '../../api/session';
import { signOut } from '../../api/sessionStore';
import { Floating } from '../Floating';
import { roleWord } from '../words';
import classes from './UserMenu.module.css';

const schemes: { value: MantineColorScheme; label: string; icon: typeof IconSun }[] = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'System', icon: IconDeviceDesktop },
];

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('').toUpperCase();
}

/** Who is signed in, the colour scheme, the shortcuts, and the way out. */
export function UserMenu() {
  const viewer = useViewer();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const confined = viewer.tenant?.name;
  return (
    <Floating
      label="Account"
      align="end"
      width={264}
      trigger={(props) => (
        <button type="button" className={classes['avatar']} {...props}>
          {initials(viewer.displayName)}
          <span className="sw-visually-hidden">, account of {viewer.displayName}</span>
        </button>
      )}
    >
      {(close) => (
        <div className={classes['menu']}>
          <div>
            <p className={classes['name']}>{viewer.displayName}</p>
            <p className={classes['detail']}>{viewer.email}</p>
            <p className={classes['detail']}>
              {roleWord[viewer.role]}
              {confined && ` · ${confined}`}
            </p>
          </div>
          <div className={classes['schemes']} role="group" aria-label="Colours">
            {schemes.map(({ value, label, icon: Icon }) => (
              <button
                key={value}
                type="button"
                className={classes['scheme']}
                aria-pressed={colorScheme === value}
                onClick={() => setColorScheme(value)}
              >
                <Icon aria-hidden size={16} stroke={1.8} />
                {label}
              </button>
            ))}
          </div>
          <div className={classes['items']}>
            <Link to="/profile" className={classes['item']} onClick={close}>
              <IconUserCircle aria-hidden size={18} stroke={1.6} />
              Your account
            </Link>
            <button
              type="button"
              className={classes['item']}
              onClick={() => {
                close();
                window.dispatchEvent(new Event('seatwise:help'));
              }}
            >
              <IconKeyboard aria-hidden size={18} stroke={1.6} />
              Keyboard shortcuts
            </button>
            <button type="button" className={classes['item']} onClick={() => void signOut()}>
              <IconLogout aria-hidden size={18} stroke={1.6} />
              Sign out
            </button>
          </div>
        </div>
      )}
    </Floating>
  );
}
