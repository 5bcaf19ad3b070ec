import './ui/global.css';
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/mantine.css';
import './ui/backGuard';

import { MantineProvider } from '@mantine/core';
import { NuqsAdapter } from 'nuqs/adapters/react-router/v7';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';

import { App } from './App';
import { theme } from './ui/theme';

// Its own root: in a frame of somebody else's page no path leads to a page of Seatwise itself.
const EmbedRoot = lazy(() => import('./embed/EmbedRoot'));
const embedded = window.location.pathname.startsWith('/embed/');

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    {embedded ? (
      <Suspense fallback={null}>
        <EmbedRoot />
      </Suspense>
    ) : (
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <BrowserRouter>
          <NuqsAdapter>
            <App />
          </NuqsAdapter>
        </BrowserRouter>
      </MantineProvider>
    )}
  </StrictMode>,
);
