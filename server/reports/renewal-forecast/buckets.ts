import type { RenewalBucketName } from '../../graphql.generated.js';
import { addDays, daysBetween } from '../shapes/days.js';

interface BucketDays {
  name: RenewalBucketName;
  first: number;
  last: number;
}

/** Days from asOf of the buckets that lie ahead; day 90 belongs to 61–90. */
const ahead: readonly BucketDays[] = [
  { name: 'D0_30', first: 0, last: 30 }, { name: 'D31_60', first: 31, last: 60 }, { name: 'D61_90', first: 61, last: 90 }, { name: 'D91_180', first: 91, last: 180 },
];

/** A bucket with its days; null for IN_GRACE, which reaches back as far as each licence's grace. */
export interface Bucket {
  name: RenewalBucketName;
  from: string | null;
  to: string | null;
}

/** The buckets within the horizon, IN_GRACE first; the last is cut to the horizon. */
export function bucketsWithin(asOf: string, horizonDays: number): Bucket[] {
  const within = ahead.filter(({ first }) => first <= horizonDays);
  return [
    { name: 'IN_GRACE', from: null, to: null },
    ...within.map(({ name, first, last }) => ({ name, from: addDays(asOf, first), to: addDays(asOf, Math.min(last, horizonDays)) })),
  ];
}

/** The bucket of a licence of the report. */
export function bucketOf(asOf: string, endDate: string): RenewalBucketName {
  const days = daysBetween(asOf, endDate);
  if (days < 0) return 'IN_GRACE';
  return ahead.find(({ last }) => days <= last)?.name ?? 'D91_180';
}
