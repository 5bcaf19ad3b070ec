import {
  IconBuilding, IconBuildingStore, IconCalendarDue, IconChecklist, IconCoins, IconFileImport, IconFilterDollar, IconHistory, IconLayoutDashboard, IconLicense, IconList, IconPlug,
  IconRecycle, IconReportMoney, IconScale, IconTrendingUp, IconUsers,
} from '@tabler/icons-react';

import type { Permission } from '../../api/generated/graphql';

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

const reports: readonly Permission[] = ['READ_REPORTS'];

/** The sidebar: groups of pages; those that the viewer may not read are left out. */
export const navigation: { group: string | null; items: NavigationItem[] }[] = [
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
    group: 'Admin',
    items: [
      { path: '/accounts', label: 'Accounts', icon: IconUsers, key: 's', permissions: ['MANAGE_ACCOUNTS'] },
      { path: '/providers', label: 'Providers', icon: IconPlug, key: 'v', permissions: ['READ_PROVIDERS'] },
      { path: '/rates', label: 'Rates and prices', icon: IconReportMoney, key: 'x', permissions: ['READ_RATES', 'READ_PRICES'] },
    ],
  },
];

/** Whether the viewer may open a page; the server decides, this only shows and hides. */
export function mayOpen(item: NavigationItem, permissions: readonly Permission[]): boolean {
  return item.permissions.some((permission) => permissions.includes(permission));
}
