import { IconBan, IconCheck, IconClockOff } from '@tabler/icons-react';

import { IconButton } from '../../ui/Button';
import type { GridColumn } from '../../ui/grid/types';
import { Instant } from '../accounts/Instant';
import classes from './embedding.module.css';
import type { EmbedToken } from './queries';
import { dashboardWord, locksOf, rowsOf, stateOf } from './words';

const icons = { Open: IconCheck, Revoked: IconBan, Ended: IconClockOff } as const;

function State({ token }: { token: EmbedToken }) {
  const state = stateOf(token);
  const Icon = icons[state];
  return <span className={classes['state']} data-open={token.open}><Icon aria-hidden size={14} stroke={2} />{state}</span>;
}

/** The columns of the list; all of them go into files. */
export const embedTokenColumns: readonly GridColumn<EmbedToken>[] = [
  { key: 'name', header: 'Name', width: 'minmax(160px, 1fr)', frozen: true, card: 'title', value: (token) => token.name },
  { key: 'dashboards', header: 'Dashboards', width: 'minmax(150px, 1fr)', card: 'field', value: (token) => token.dashboards.map((one) => dashboardWord[one]).join(', ') },
  { key: 'rows', header: 'Rows of', width: 170, card: 'field', value: rowsOf },
  { key: 'locks', header: 'Locked filters', width: 190, value: locksOf, cell: (token) => locksOf(token) ?? <span className={classes['muted']}>–</span> },
  { key: 'origins', header: 'In pages of', width: 'minmax(170px, 1fr)', card: 'field', value: (token) => token.allowedOrigins.join(', ') },
  { key: 'state', header: 'State', width: 104, card: 'field', value: stateOf, cell: (token) => <State token={token} /> },
  { key: 'expires', header: 'Ends', width: 170, value: (token) => token.expiresAt, cell: (token) => <Instant at={token.expiresAt} /> },
  { key: 'shown', header: 'Last shown', width: 170, card: 'field', value: (token) => token.lastShownAt ?? null, cell: (token) => <Instant at={token.lastShownAt} /> },
  { key: 'by', header: 'Made by', width: 160, optional: true, value: (token) => token.createdBy },
];

/** The button of a row that still opens something. */
export function revokeColumn(onRevoke: (token: EmbedToken) => void): GridColumn<EmbedToken> {
  return {
    key: 'actions', header: 'Actions', width: 84, fixed: true, card: 'badge', value: () => null,
    cell: (token, tabIndex) =>
      token.open ? <IconButton label={`Revoke ${token.name}`} tabIndex={tabIndex} onClick={() => onRevoke(token)}><IconBan aria-hidden size={16} /></IconButton> : null,
  };
}
