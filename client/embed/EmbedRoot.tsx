import { MantineProvider } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { NuqsAdapter } from 'nuqs/adapters/react-router/v7';
import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { BrowserRouter } from 'react-router';
import { Provider } from 'urql';

import { ViewerContext } from '../api/session';
import { EmbeddingContext } from '../ui/embedding';
import { theme as mantineTheme } from '../ui/theme';
import { Dashboard } from './Dashboard';
import { embeddingOf, viewerOf } from './embedded';
import { Host } from './host';
import { Refused } from './Refused';
import { EmbedSession } from './session';
import { applyTheme, readTheme, themeOfAddress } from './theme';

/** The token of the address, which leaves it at once: it must not be in a history, nor in anything that reads addresses later. */
function takeToken(): string | null {
  const { pathname, search, hash } = window.location;
  const parameters = new URLSearchParams(search);
  const token = parameters.get('token');
  parameters.delete('token');
  const rest = parameters.toString();
  window.history.replaceState(null, '', pathname + (rest && `?${rest}`) + hash);
  return token;
}

// Made once, when the page is loaded: a token serves one page.
let theme = themeOfAddress(window.location.hash);
const themeListeners = new Set<() => void>();
const dashboard = window.location.pathname.split('/')[2] ?? '';
const session = new EmbedSession(takeToken(), dashboard, () => host);
const host: Host = new Host((message) => {
  if (message.seatwise === 'token') session.renew(message.token);
  if (message.seatwise !== 'theme') return;
  theme = readTheme(message.theme);
  for (const listener of themeListeners) listener();
});

function subscribeTheme(listener: () => void): () => void {
  themeListeners.add(listener);
  return () => themeListeners.delete(listener);
}

/** One dashboard within another page: no navigation, the look and the token of the page around it, and its height told to it. */
export default function EmbedRoot() {
  const state = useSyncExternalStore(session.subscribe, session.state);
  const look = useSyncExternalStore(subscribeTheme, () => theme);
  const dark = useMediaQuery('(prefers-color-scheme: dark)', undefined, { getInitialValueInEffect: false });
  const scheme = look.scheme === 'auto' ? (dark ? 'dark' : 'light') : look.scheme;
  useLayoutEffect(() => applyTheme(look, scheme), [look, scheme]);
  useEffect(() => {
    const stop = host.listen();
    void session.open();
    return stop;
  }, []);
  useHeight();
  const [embedding, viewer] = useTold(state);
  return (
    <MantineProvider theme={mantineTheme} forceColorScheme={scheme}>
      {embedding && viewer ? (
        <ViewerContext value={viewer}>
          <Provider value={session.client}>
            <EmbeddingContext value={embedding}>
              <BrowserRouter>
                <NuqsAdapter>
                  <Dashboard path={dashboard} onFilters={(query) => host.say({ seatwise: 'filterchange', query })} />
                </NuqsAdapter>
              </BrowserRouter>
            </EmbeddingContext>
          </Provider>
        </ViewerContext>
      ) : (
        state.kind === 'refused' && <Refused />
      )}
    </MantineProvider>
  );
}

/** What the page was told, the same as long as it says the same: a renewed token must not read every card anew. */
function useTold(state: ReturnType<typeof session.state>) {
  const told = state.kind === 'open' ? JSON.stringify({ ...state.embedded, expiresAt: '' }) : null;
  const [known, setKnown] = useState<{ told: string; parts: ReturnType<typeof partsOf> } | null>(null);
  if (told === null || state.kind !== 'open') return [null, null] as const;
  if (known?.told === told) return known.parts;
  const parts = partsOf(state.embedded);
  setKnown({ told, parts });
  return parts;
}

const partsOf = (embedded: Parameters<typeof viewerOf>[0]) => [embeddingOf(embedded), viewerOf(embedded)] as const;

/** Tells the page around how high this one is, whenever that changes. */
function useHeight(): void {
  useEffect(() => {
    const root = document.getElementById('root');
    if (!root) return undefined;
    const observer = new ResizeObserver(() => host.say({ seatwise: 'size', height: Math.ceil(root.getBoundingClientRect().height) }));
    observer.observe(root);
    return () => observer.disconnect();
  }, []);
}
