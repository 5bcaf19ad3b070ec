import type { FunnelMode, FunnelStepName } from '../../api/generated/graphql';

/** The steps in words: of the trials of a cohort, and of the events of a period. */
export const stepWord: Record<FunnelMode, Record<FunnelStepName, string>> = {
  COHORT: { STARTED: 'Started', ACTIVATED: 'With activity', EXPIRED: 'Reached expiration', CONVERTED: 'Converted' },
  PERIOD: { STARTED: 'Started', ACTIVATED: 'First activity', EXPIRED: 'Reached expiration', CONVERTED: 'Converted' },
};
