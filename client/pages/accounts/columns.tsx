import { IconCheck, IconDevices, IconKey, IconPencil, IconUserCheck, IconUserOff } from '@tabler/icons-react';

import { IconButton } from '../../ui/Button';
import type { GridColumn } from '../../ui/grid/types';
import { roleWord } from '../../ui/words';
import classes from './accounts.module.css';
import { Instant } from './Instant';
import type { Account } from './queries';
import { scopeOf } from './words';

/** What can be done to an account. */
export type AccountTask = { kind: 'add' } | { kind: 'edit' | 'sessions' | 'reset' | 'switch'; account: Account };

const stateWord = ({ disabled }: Account) => (disabled ? 'Switched off' : 'Active');

function State({ account }: { account: Account }) {
  const Icon = account.disabled ? IconUserOff : IconCheck;
  return <span className={classes['state']} data-on={!account.disabled}><Icon aria-hidden size={14} stroke={2} />{stateWord(account)}</span>;
}

/** The columns of the list; all of them go into files. */
export const accountColumns: readonly GridColumn<Account>[] = [
  {
    key: 'name', header: 'Name', width: 'minmax(180px, 1fr)', frozen: true, card: 'title', value: (account) => account.displayName,
    cell: (account) => <>{account.displayName}{account.isViewer && <span className={classes['you']}>you</span>}</>,
  },
  { key: 'email', header: 'E-mail', width: 'minmax(200px, 1fr)', card: 'field', value: (account) => account.email },
  { key: 'role', header: 'Role', width: 116, card: 'field', value: (account) => roleWord[account.role] },
  { key: 'scope', header: 'Confined to', width: 170, value: scopeOf, cell: (account) => scopeOf(account) ?? <span className={classes['muted']}>–</span> },
  { key: 'state', header: 'State', width: 122, card: 'field', value: stateWord, cell: (account) => <State account={account} /> },
  {
    key: 'lastSignIn', header: 'Last sign-in', width: 180, card: 'field', value: (account) => account.lastSignInAt ?? null,
    cell: (account) => <Instant at={account.lastSignInAt} />,
  },
];

/** The buttons of a row; what nobody does to himself is left out of one's own. */
export function actionColumn(onTask: (task: AccountTask) => void): GridColumn<Account> {
  return {
    key: 'actions', header: 'Actions', width: 148, fixed: true, card: 'badge', value: () => null,
    cell: (account, tabIndex) => {
      const { displayName, disabled, isViewer } = account;
      const act = (kind: 'edit' | 'sessions' | 'reset' | 'switch') => ({ tabIndex, onClick: () => onTask({ kind, account }) });
      const Switch = disabled ? IconUserCheck : IconUserOff;
      return (
        <span className={classes['actions']}>
          <IconButton label={`Edit ${displayName}`} {...act('edit')}><IconPencil aria-hidden size={16} /></IconButton>
          <IconButton label={`Sessions of ${displayName}`} {...act('sessions')}><IconDevices aria-hidden size={16} /></IconButton>
          {!isViewer && <IconButton label={`Reset the password of ${displayName}`} {...act('reset')}><IconKey aria-hidden size={16} /></IconButton>}
          {!isViewer && <IconButton label={`Switch ${disabled ? 'on' : 'off'} ${displayName}`} {...act('switch')}><Switch aria-hidden size={16} /></IconButton>}
        </span>
      );
    },
  };
}
