import {
  IconAppWindow, IconBook2, IconBuilding, IconBuildingStore, IconCalendarDue, IconChecklist, IconCoins, IconFileImport, IconFilterDollar, IconHistory, IconKey, IconLayoutDashboard, IconLicense, IconList, IconPlug,
  IconRecycle, IconReportMoney, IconScale, IconTerminal2, IconTrendingUp, IconUsers,
} from '@tabler/icons-react';

import type { Permission } from '../../api/generated/graphql';
import type { Tenant, Viewer } from '../../api/session';

/** One page of the sidebar. */
export interface NavigationItem {
  path: string;
  label: string;
  icon: typeof IconLicense;
  /** Second key after `g`. */
  key: string;
  /** Any of these shows the page. */
  permissions: readonly Permission[];
}

/** Pages under one heading. */
interface NavigationGroup {
  group: string | null;
  items: NavigationItem[];
}

const reports: readonly Permission[] = ['READ_REPORTS'];

const navigation: readonly NavigationGroup[] = [
  {
    group: null,
    items: [{ path: '/', label: 'Overview', icon: IconLayoutDashboard, key: 'o', permissions: reports }],
  },
  {
    group: 'Work',
    items: [
      { path: '/licences', label: 'Licences', icon: IconLicense, key: 'l', permissions: ['READ_LICENSES'] },
      { path: '/companies', label: 'Companies', icon: IconBuilding, key: 'c', permissions: ['READ_COMPANIES'] },
      { path: '/partners', label: 'Partners', icon: IconBuildingStore, key: 'p', permissions: ['READ_PARTNERS'] },
      { path: '/unified', label: 'Unified licences', icon: IconList, key: 'u', permissions: ['READ_LICENSES'] },
    ],
  },
  {
    group: 'Reports',
    items: [
      { path: '/reports/position', label: 'Licence position', icon: IconScale, key: 'e', permissions: reports },
      { path: '/reports/renewals', label: 'Renewals', icon: IconCalendarDue, key: 'r', permissions: reports },
      { path: '/reports/reclamation', label: 'Reclamation', icon: IconRecycle, key: 'm', permissions: reports },
      { path: '/reports/cost', label: 'Cost per active user', icon: IconCoins, key: 'a', permissions: reports },
      { path: '/reports/trend', label: 'Consumption trend', icon: IconTrendingUp, key: 't', permissions: reports },
      { path: '/reports/trials', label: 'Trial funnel', icon: IconFilterDollar, key: 'f', permissions: reports },
    ],
  },
  {
    group: 'Data',
    items: [
      { path: '/imports', label: 'Imports', icon: IconFileImport, key: 'i', permissions: ['IMPORT_DATA'] },
      { path: '/quality', label: 'Data quality', icon: IconChecklist, key: 'q', permissions: ['READ_QUALITY'] },
      { path: '/history', label: 'History', icon: IconHistory, key: 'h', permissions: ['READ_AUDIT'] },
    ],
  },
  {
    group: 'Explore',
    items: [
      { path: '/explore', label: 'Explore', icon: IconTerminal2, key: 'w', permissions: ['INTROSPECT'] },
      { path: '/docs', label: 'API docs', icon: IconBook2, key: 'd', permissions: ['INTROSPECT'] },
    ],
  },
  {
    group: 'Admin',
    items: [
      { path: '/accounts', label: 'Accounts', icon: IconUsers, key: 's', permissions: ['MANAGE_ACCOUNTS'] },
      { path: '/tokens', label: 'API tokens', icon: IconKey, key: 'k', permissions: ['MANAGE_ACCOUNTS'] },
      { path: '/embedding', label: 'Embedding', icon: IconAppWindow, key: 'b', permissions: ['EMBED_DASHBOARDS'] },
      { path: '/providers', label: 'Providers', icon: IconPlug, key: 'v', permissions: ['READ_PROVIDERS'] },
      { path: '/rates', label: 'Rates and prices', icon: IconReportMoney, key: 'x', permissions: ['READ_RATES', 'READ_PRICES'] },
    ],
  },
];

/**
 * The sidebar: groups of pages; those that the viewer may not read are left out. The server decides, this only shows and
 * hides. A portal has the same pages in its own words.
 */
export function navigationOf({ permissions, tenant }: Pick<Viewer, 'permissions' | 'tenant'>): NavigationGroup[] {
  const inWords = (item: NavigationItem) => (tenant ? inPortal(item, tenant) : item);
  return navigation
    .map(({ group, items }) => ({
      // Of administration a portal has what gives others access to its own rows.
      group: tenant && group === 'Admin' ? 'Access' : group,
      items: items.filter((item) => item.permissions.some((permission) => permissions.includes(permission))).map(inWords).filter((item) => item !== null),
    }))
    .filter(({ items }) => items.length > 0);
}

/** A page as the portal of a partner or company names it; null where it would show that owner alone, or nothing ever. */
function inPortal(item: NavigationItem, tenant: Tenant): NavigationItem | null {
  const ofPartner = tenant.ownerType === 'PARTNER';
  switch (item.path) {
    case '/companies':
      return ofPartner ? { ...item, label: 'Customers' } : { ...item, label: 'Your company', path: `/companies/${tenant.id}` };
    case '/partners':
      return { ...item, label: 'Your organisation', path: `/partners/${tenant.id}` };
    // Trials name no owner, so no partner and no company sees one.
    case '/reports/trials':
      return null;
    default:
      return item;
  }
}
