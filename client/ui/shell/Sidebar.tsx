import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link, NavLink } from 'react-router';

import { useViewer } from '../../api/session';
import { IconButton } from '../Button';
import { Brand } from './Brand';
import { navigationOf } from './navigation';
import classes from './Sidebar.module.css';

/** The pages, in groups. `onCollapse` is missing where the list is a drawer, which closes by itself. */
export function Sidebar({
  collapsed = false,
  onCollapse,
  onNavigate,
}: {
  collapsed?: boolean;
  onCollapse?: () => void;
  onNavigate?: () => void;
}) {
  const viewer = useViewer();
  const { settings } = viewer;
  return (
    <div className={classes['sidebar']} data-collapsed={collapsed || undefined}>
      <Link to="/" className={classes['home']} onClick={onNavigate}>
        <Brand compact={collapsed} />
      </Link>
      <nav aria-label="Pages" className={classes['nav']}>
        {navigationOf(viewer).map(({ group, items }) => (
          <div key={group ?? ''}>
            {group && <p className={collapsed ? 'sw-visually-hidden' : classes['group']}>{group}</p>}
            <ul>
              {items.map(({ path, label, icon: Icon }) => (
                <li key={path}>
                  <NavLink
                    to={path}
                    end={path === '/'}
                    className={classes['link']}
                    title={collapsed ? label : undefined}
                    onClick={onNavigate}
                  >
                    <Icon aria-hidden size={20} stroke={1.6} />
                    <span className={collapsed ? 'sw-visually-hidden' : undefined}>{label}</span>
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className={classes['foot']}>
        {settings.demo && !collapsed && <p className={classes['demo']}>Demo data. Changes stay on this machine.</p>}
        {onCollapse && (
          <IconButton label={collapsed ? 'Widen the sidebar' : 'Narrow the sidebar'} onClick={onCollapse}>
            {collapsed ? <IconLayoutSidebarLeftExpand size={20} stroke={1.6} /> : <IconLayoutSidebarLeftCollapse size={20} stroke={1.6} />}
          </IconButton>
        )}
      </div>
    </div>
  );
}
