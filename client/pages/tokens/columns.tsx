import { IconBan, IconCheck, IconClockOff, IconUserOff } from '@tabler/icons-react';

import type { ApiTokenState } from '../../api/generated/graphql';
import { IconButton } from '../../ui/Button';
import type { GridColumn } from '../../ui/grid/types';
import { roleWord } from '../../ui/words';
import classes from '../accounts/accounts.module.css';
import { Instant } from '../accounts/Instant';
import type { ListedApiToken } from './queries';
import { permissionWord, stateWord, tokenHint } from './words';

const look: Record<ApiTokenState, typeof IconCheck> = { ACTIVE: IconCheck, SUSPENDED: IconUserOff, EXPIRED: IconClockOff, REVOKED: IconBan };

function State({ state }: { state: ApiTokenState }) {
  const Icon = look[state];
  return <span className={classes['state']} data-on={state === 'ACTIVE'}><Icon aria-hidden size={14} stroke={2} />{stateWord[state]}</span>;
}

const accountOf = ({ account }: ListedApiToken) => account?.email ?? null;
const scopeOf = ({ partner, company }: ListedApiToken) => partner?.name ?? company?.name ?? null;
const none = <span className={classes['muted']}>–</span>;

/** The columns of the list of all tokens; all of them go into files. */
export const tokenColumns: readonly GridColumn<ListedApiToken>[] = [
  { key: 'name', header: 'Name', width: 'minmax(170px, 1fr)', frozen: true, card: 'title', value: ({ name }) => name },
  { key: 'account', header: 'Account', width: 'minmax(180px, 1fr)', card: 'field', value: accountOf, cell: (token) => accountOf(token) ?? none },
  { key: 'role', header: 'Role', width: 116, card: 'field', value: ({ role }) => roleWord[role] },
  { key: 'scope', header: 'Confined to', width: 150, value: scopeOf, cell: (token) => scopeOf(token) ?? none },
  { key: 'state', header: 'State', width: 122, card: 'field', value: ({ state }) => stateWord[state], cell: ({ state }) => <State state={state} /> },
  { key: 'lastUsed', header: 'Last used', width: 156, card: 'field', value: ({ lastUsedAt }) => lastUsedAt ?? null, cell: ({ lastUsedAt }) => <Instant at={lastUsedAt} /> },
  { key: 'expires', header: 'Expires', width: 156, value: ({ expiresAt }) => expiresAt, cell: ({ expiresAt }) => <Instant at={expiresAt} /> },
  {
    key: 'permissions', header: 'Permissions', width: 130, value: ({ permissions }) => permissions?.map(permissionWord).join(', ') ?? 'All of the role',
    cell: ({ permissions }) => (permissions ? <span title={permissions.map(permissionWord).join(', ')}>{permissions.length} of the role</span> : 'All of the role'),
  },
  { key: 'address', header: 'From', width: 130, value: ({ lastUsedAddress }) => lastUsedAddress ?? null, cell: ({ lastUsedAddress }) => lastUsedAddress ?? none },
  { key: 'token', header: 'Token', width: 110, value: tokenHint, cell: (token) => <code>{tokenHint(token)}</code> },
];

/** The button of a row that still opens something. */
export function actionColumn(onRevoke: (token: ListedApiToken) => void): GridColumn<ListedApiToken> {
  return {
    key: 'actions', header: 'Actions', width: 84, fixed: true, card: 'badge', value: () => null,
    cell: (token, tabIndex) => (token.state === 'ACTIVE' || token.state === 'SUSPENDED') && (
      <span className={classes['actions']}><IconButton label={`Revoke ${token.name}`} tabIndex={tabIndex} onClick={() => onRevoke(token)}><IconBan aria-hidden size={16} /></IconButton></span>
    ),
  };
}
