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

const auth = authExchange((utils) =>
  Promise.resolve({
    addAuthToOperation: (operation) => {
      const token = bearer();
      return token ? utils.appendHeaders(operation, { Authorization: `Bearer ${token}` }) : operation;
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
    exchanges: [cacheExchange, auth, fetchExchange],
  });
}
