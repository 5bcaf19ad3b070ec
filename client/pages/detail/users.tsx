import { IconCheck, IconCircleDashed } from '@tabler/icons-react';

import { graphql } from '../../api/generated';
import type { UserOrderField, UserRowFragment } from '../../api/generated/graphql';
import { format } from '../../ui/format';
import type { GridColumn } from '../../ui/grid/types';
import type { SortBy } from '../../ui/grid/useSort';
import classes from './detail.module.css';

export const UserRow = graphql(`
  fragment UserRow on User {
    id
    firstName
    lastName
    email
    active
    company {
      id
      name
    }
    lastActivityAt(asOf: $asOf) @include(if: $activity)
  }
`);

/** A registered end user as lists show them. */
export type User = UserRowFragment;

export const userOrderFields: readonly UserOrderField[] = ['ID', 'NAME', 'EMAIL'];
export const usersByName: SortBy<UserOrderField> = { field: 'NAME', direction: 'ASC' };

const nameOf = (user: User) => [user.firstName, user.lastName].filter(Boolean).join(' ') || user.email || `User ${user.id}`;

function Active({ active }: { active: boolean }) {
  const Icon = active ? IconCheck : IconCircleDashed;
  return <span className={classes.flag} data-on={active || undefined}><Icon aria-hidden size={14} />{active ? 'Active' : 'Switched off'}</span>;
}

/** The columns of a list of users; the company only where users of several are listed. */
export function userColumns(timezone: string, mayReadActivity: boolean, withCompany: boolean): GridColumn<User>[] {
  return [
    { key: 'name', header: 'Name', sortKey: 'NAME', width: 200, frozen: true, card: 'title', value: nameOf },
    { key: 'email', header: 'E-mail', sortKey: 'EMAIL', width: 'minmax(200px, 1fr)', value: (user) => user.email ?? null, card: 'field' },
    ...(withCompany ? [{ key: 'company', header: 'Company', width: 200, value: (user: User) => user.company?.name ?? null }] : []),
    { key: 'active', header: 'Account', width: 128, card: 'badge' as const, value: (user) => (user.active ? 'Active' : 'Switched off'), cell: (user) => <Active active={user.active} /> },
    ...(mayReadActivity ? [{
      key: 'last', header: 'Last activity', width: 180, card: 'field' as const, value: (user: User) => user.lastActivityAt ?? null,
      cell: (user: User) => (user.lastActivityAt ? format.instant(user.lastActivityAt, timezone) : <span title="No entry in the activity log">–</span>),
    }] : []),
  ];
}
