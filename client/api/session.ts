import { createClient, fetchExchange } from '@urql/core';
import { createContext, use } from 'react';

import { graphql } from './generated';
import type { Permission, ViewerFieldsFragment } from './generated/graphql';

/** Who is signed in, what they may do, and the installation's settings. */
export type Viewer = ViewerFieldsFragment;

/** Where the session stands; `unreachable` means the server did not answer, which is no reason to sign out. */
export type SessionState =
  | { kind: 'resuming' }
  | { kind: 'signedOut'; reason?: 'ended' }
  | { kind: 'unreachable' }
  | { kind: 'signedIn'; viewer: Viewer };

export const ViewerFields = graphql(`
  fragment ViewerFields on Viewer {
    email
    displayName
    role
    permissions
    tenant {
      ownerType
      id
      name
    }
    branding {
      displayName
      colors {
        light {
          text
          solid
          solidHover
          tint
        }
        dark {
          text
          solid
          solidHover
          tint
        }
      }
    }
    settings {
      timezone
      today
      activityWindowDays
      reportingCurrency
      currencies
      utilizationLimits {
        under
        over
      }
      importMaxMegabytes
      demo
    }
  }
`);

/** The partner or company that a viewer's rows belong to. */
export type Tenant = NonNullable<Viewer['tenant']>;

/** The session of the page; throws outside a signed-in page, where no component may ask for it. */
export const ViewerContext = createContext<Viewer | null>(null);

/** Who is signed in. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error('useViewer outside a signed-in page');
  return viewer;
}

/** Whether the viewer holds a permission; the server decides, this only shows and hides. */
export function useCan(permission: Permission): boolean {
  return useViewer().permissions.includes(permission);
}

/** Without authentication: used to get a session, never to read data. */
export const publicClient = createClient({
  url: '/graphql',
  preferGetMethod: false,
  exchanges: [fetchExchange],
});
