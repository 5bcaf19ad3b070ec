import { useState } from 'react';

import { Button } from '../../ui/Button';
import accounts from '../accounts/accounts.module.css';
import { Instant } from '../accounts/Instant';
import { permissionWord, grantWords, stateWord, tokenHint } from './words';
import type { ApiToken } from './queries';
import own from './tokens.module.css';

/** Days before its end from which a token is said to expire soon. */
const soonDays = 14;
const dayMs = 86_400_000;

function Item({ token, now, onRevoke }: { token: ApiToken; now: number; onRevoke?: (token: ApiToken) => void }) {
  const { name, state, permissions, expiresAt, revokedAt, lastUsedAt, lastUsedAddress } = token;
  const soon = state === 'ACTIVE' && Date.parse(expiresAt) - now < soonDays * dayMs;
  return (
    <li>
      <div className={accounts['session']}>
        <span className={accounts['device']}>
          {name}
          {state !== 'ACTIVE' && <span className={accounts['you']}>{stateWord[state]}</span>}
          {soon && <span className={own['soon']}>Expires soon</span>}
        </span>
        <p title={permissions?.map(permissionWord).join(', ')}><code>{tokenHint(token)}</code> · {grantWords(token)}</p>
        <p>
          {lastUsedAt ? <>Last used <Instant at={lastUsedAt} /> from {lastUsedAddress}</> : 'Never used'}
          {' · '}
          {revokedAt ? <>revoked <Instant at={revokedAt} /></> : <>{state === 'EXPIRED' ? 'expired' : 'expires'} <Instant at={expiresAt} /></>}
        </p>
      </div>
      {onRevoke && <Button onClick={() => onRevoke(token)} aria-label={`Revoke ${name}`}>Revoke</Button>}
    </li>
  );
}

const isOpen = ({ state }: ApiToken) => state === 'ACTIVE' || state === 'SUSPENDED';

/** Tokens: those that open something, and on demand those that do not any more. */
export function TokenItems({ tokens, onRevoke }: { tokens: readonly ApiToken[]; onRevoke(token: ApiToken): void }) {
  const [now] = useState(() => Date.now());
  const [all, setAll] = useState(false);
  const open = tokens.filter(isOpen);
  const ended = tokens.filter((token) => !isOpen(token));
  return (
    <>
      {open.length > 0 && <ul className={accounts['sessions']} aria-label="Open tokens">{open.map((token) => <Item key={token.id} token={token} now={now} onRevoke={onRevoke} />)}</ul>}
      {ended.length > 0 && (
        <div className={own['ended']}>
          <Button aria-expanded={all} onClick={() => setAll(!all)}>{all ? 'Hide' : 'Show'} {ended.length} that {ended.length === 1 ? 'has' : 'have'} ended</Button>
          {all && <ul className={accounts['sessions']} aria-label="Ended tokens">{ended.map((token) => <Item key={token.id} token={token} now={now} />)}</ul>}
        </div>
      )}
    </>
  );
}
