import type { RenewalBucketName, RenewalState } from '../../api/generated/graphql';

/** When licences expire, in words. */
export const bucketWord: Record<RenewalBucketName, string> = {
  IN_GRACE: 'In grace',
  D0_30: '0–30 days',
  D31_60: '31–60 days',
  D61_90: '61–90 days',
  D91_180: '91–180 days',
};

/** Whether a licence is continued, in words. */
export const stateWord: Record<RenewalState, string> = {
  NOT_RENEWED: 'Not renewed',
  PARTIALLY_RENEWED: 'Partly renewed',
  RENEWED: 'Renewed',
};
