import { graphql } from '../../api/generated';

export const ProviderFields = graphql(`
  fragment ProviderFields on Provider {
    name
    kind
    state
    licenses
    lastSuccessAt
    lastAttemptAt
    lastError
    nextAttemptAt
    failures
    progress {
      startedAt
      read
      total
      waitingAfter
    }
    rejected
    missing
    pendingCheckIns
    runs {
      startedAt
      endedAt
      read
      changed
      rejected
      error
    }
  }
`);

export const ActivityRollupFields = graphql(`
  fragment ActivityRollupFields on ActivityRollup {
    state
    readThroughId
    settledThroughId
    newestId
    readShare
    secondsLeft
    readAt
  }
`);

export const ProvidersQuery = graphql(`
  query Providers {
    providers {
      ...ProviderFields
    }
    activityRollup {
      ...ActivityRollupFields
    }
  }
`);

export const SyncProvider = graphql(`
  mutation SyncProvider($name: String!, $full: Boolean!) {
    syncProvider(name: $name, full: $full) {
      provider {
        ...ProviderFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);
