import { cacheExchange, type Client, type CombinedError, createClient, fetchExchange } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';

import { bearer, isStale, refreshSession } from './sessionStore';

/** The code of an error in the schema's ErrorCode; undefined for network errors. */
export function errorCode(error: CombinedError): string | undefined {
  const code = error.graphQLErrors[0]?.extensions['code'];
  return typeof code === 'string' ? code : undefined;
}

/** The id by which the server's log knows the failed request. */
export function requestId(error: CombinedError): string | undefined {
  const id = error.graphQLErrors[0]?.extensions['requestId'];
  return typeof id === 'string' ? id : undefined;
}

/** Each page has one document for all roles; of it the server leaves out what is no part of the viewer's schema. */
const LEAVE_OUT = { 'x-seatwise-unseen': 'leave-out' };

const auth = authExchange((utils) =>
  Promise.resolve({
    addAuthToOperation: (operation) => {
      const token = bearer();
      return utils.appendHeaders(operation, { ...LEAVE_OUT, ...(token ? { Authorization: `Bearer ${token}` } : {}) });
    },
    willAuthError: () => isStale(),
    didAuthError: (error) => errorCode(error) === 'UNAUTHENTICATED',
    refreshAuth: async () => {
      await refreshSession();
    },
  }),
);

/** One client a session: the cache of one viewer must never answer another. */
export function createSessionClient(): Client {
  return createClient({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    // Server-sent events: they need no exchange of their own.
    fetchSubscriptions: true,
    exchanges: [cacheExchange, auth, fetchExchange],
  });
}
