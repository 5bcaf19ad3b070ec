import { getFragmentData, graphql } from './generated';
import type { SessionFieldsFragment } from './generated/graphql';
import { publicClient, type SessionState, ViewerFields } from './session';

/** Why one input was refused. */
export type Refusal = Pick<SessionFieldsFragment['userErrors'][number], 'field' | 'message'>;

const SessionFields = graphql(`
  fragment SessionFields on SessionPayload {
    accessToken
    expiresAt
    viewer {
      ...ViewerFields
    }
    userErrors {
      field
      code
      message
    }
  }
`);

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      ...SessionFields
    }
  }
`);

const RefreshSession = graphql(`
  mutation RefreshSession {
    refreshSession {
      ...SessionFields
    }
  }
`);

const SignOut = graphql(`
  mutation SignOut {
    signOut {
      signedOut
    }
  }
`);

/** Renew this long before the token stops working, so that a slow request does not outlive it. */
const MARGIN_MS = 30_000;

// The access token lives here and nowhere else: no storage that a script from elsewhere could read.
let accessToken: string | null = null;
let expiresAt = 0;
let state: SessionState = { kind: 'resuming' };
let refreshing: Promise<boolean> | null = null;
const listeners = new Set<() => void>();

function publish(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

/** For useSyncExternalStore. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** For useSyncExternalStore. */
export function sessionState(): SessionState {
  return state;
}

/** The bearer token of the next request; null when there is none. */
export function bearer(): string | null {
  return accessToken;
}

/** True when the token is gone or about to be. */
export function isStale(): boolean {
  return accessToken === null || Date.now() > expiresAt - MARGIN_MS;
}

function accept(payload: SessionFieldsFragment): boolean {
  const viewer = getFragmentData(ViewerFields, payload.viewer);
  if (!payload.accessToken || !payload.expiresAt || !viewer) return false;
  accessToken = payload.accessToken;
  expiresAt = Date.parse(payload.expiresAt);
  publish({ kind: 'signedIn', viewer });
  return true;
}

/** Forgets the session on this page. */
export function endSession(reason?: 'ended'): void {
  accessToken = null;
  expiresAt = 0;
  publish({ kind: 'signedOut', ...(reason ? { reason } : {}) });
}

/** The refresh token serves once, so tabs take turns: a second use of the same token would end the session for all. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? navigator.locks.request('seatwise-session', work) : work();
}

async function renew(): Promise<boolean> {
  const had = state.kind === 'signedIn';
  const result = await inTurn(() => publicClient.mutation(RefreshSession, {}).toPromise());
  const payload = getFragmentData(SessionFields, result.data?.refreshSession);
  if (payload && accept(payload)) return true;
  // Who is signed out by now keeps the reason that was given.
  if (state.kind === 'signedOut') return false;
  if (payload) endSession(had ? 'ended' : undefined);
  else if (!had) publish({ kind: 'unreachable' });
  return false;
}

/** Gets a new access token by the refresh cookie; callers at the same time share one request. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= renew().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** Signs in; the errors are empty on success, and one without a field when the server did not answer. */
export async function signIn(email: string, password: string): Promise<Refusal[]> {
  const result = await publicClient.mutation(SignIn, { input: { email, password } }).toPromise();
  const payload = getFragmentData(SessionFields, result.data?.signIn);
  if (!payload) {
    const message = result.error?.graphQLErrors[0]?.message ?? 'The server did not answer. Check the connection and try again.';
    return [{ field: [], message }];
  }
  return accept(payload) ? [] : payload.userErrors;
}

/** Ends the session on the server and here; offline, here alone. */
export async function signOut(): Promise<void> {
  const headers = { Authorization: `Bearer ${accessToken ?? ''}` };
  await publicClient.mutation(SignOut, {}, { fetchOptions: { headers } }).toPromise();
  endSession();
}
