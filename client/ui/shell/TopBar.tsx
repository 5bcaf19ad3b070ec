import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { Link } from 'react-router';

import { useViewer } from '../../api/session';
import { IconButton } from '../Button';
import { AsOfControl } from './AsOfControl';
import { Brand } from './Brand';
import classes from './TopBar.module.css';
import { UserMenu } from './UserMenu';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the search over companies, partners and licences; Shortcuts listens. */
export function openSearch(): void {
  window.dispatchEvent(new Event('seatwise:search'));
}

/** Search, the day that figures speak of, and the account. */
export function TopBar({ onMenu }: { onMenu: () => void }) {
  const { tenant } = useViewer();
  return (
    <header className={classes['bar']} data-print="off">
      <span className={classes['narrow']}>
        <IconButton label="Open the menu" onClick={onMenu}>
          <IconMenu2 size={20} stroke={1.6} />
        </IconButton>
        <Link to="/" className={classes['home']}>
          <Brand compact />
        </Link>
      </span>
      <button type="button" className={classes['search']} onClick={openSearch}>
        <IconSearch aria-hidden size={16} />
        <span className={classes['searchText']}>{tenant ? 'Search companies, licences, pages' : 'Search companies, partners, licences'}</span>
        <kbd className={classes['key']}>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <span className={classes['end']}>
        <AsOfControl />
        <UserMenu />
      </span>
    </header>
  );
}
