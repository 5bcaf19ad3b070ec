import { IconBuilding, IconBuildingStore, IconLayoutDashboard, IconLicense } from '@tabler/icons-react';

import type { Permission } from '../../api/generated/graphql';

/** One page of the sidebar. */
export interface NavigationItem {
  path: string;
  label: string;
  icon: typeof IconLicense;
  /** Second key after `g`. */
  key: string;
  permission: Permission;
}

/** The sidebar: groups of pages; those that the viewer may not read are left out. */
export const navigation: { group: string | null; items: NavigationItem[] }[] = [
  {
    group: null,
    items: [{ path: '/', label: 'Overview', icon: IconLayoutDashboard, key: 'o', permission: 'READ_REPORTS' }],
  },
  {
    group: 'Work',
    items: [
      { path: '/licences', label: 'Licences', icon: IconLicense, key: 'l', permission: 'READ_LICENSES' },
      { path: '/companies', label: 'Companies', icon: IconBuilding, key: 'c', permission: 'READ_COMPANIES' },
      { path: '/partners', label: 'Partners', icon: IconBuildingStore, key: 'p', permission: 'READ_PARTNERS' },
    ],
  },
];
