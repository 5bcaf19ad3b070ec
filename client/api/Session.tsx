import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { Provider } from 'urql';

import { PageSkeleton } from '../ui/PageSkeleton';
import { Unreachable } from '../ui/Unreachable';
import { createSessionClient } from './client';
import { ViewerContext } from './session';
import { refreshSession, sessionState, subscribe } from './sessionStore';

function resume(): void {
  void refreshSession();
}

/** Lets signed-in viewers through, resumes a session by its cookie, and sends everyone else to sign in and back. */
export function Session() {
  const session = useSyncExternalStore(subscribe, sessionState);
  const { pathname, search } = useLocation();
  const account = session.kind === 'signedIn' ? session.viewer.email : null;
  // A new account gets a new client, since the cache of one viewer must never answer another.
  const client = useMemo(() => (account === null ? null : createSessionClient()), [account]);
  useEffect(() => {
    if (sessionState().kind === 'resuming') resume();
  }, []);

  if (session.kind === 'unreachable') return <Unreachable retry={resume} />;
  if (session.kind === 'signedOut') {
    const next = pathname + search;
    const query = next === '/' ? '' : `?${new URLSearchParams({ next }).toString()}`;
    return <Navigate replace to={`/sign-in${query}`} />;
  }
  if (session.kind === 'resuming' || !client) return <PageSkeleton />;
  return (
    <ViewerContext value={session.viewer}>
      <Provider value={client}>
        <Outlet />
      </Provider>
    </ViewerContext>
  );
}
