import type { DataQualityKind } from '../../../graphql.generated.js';
import type { Check } from '../check.js';
import { activityOfInactiveUser } from './activity-of-inactive-user.js';
import { activityOfUnknownUser } from './activity-of-unknown-user.js';
import { costNotPositive } from './cost-not-positive.js';
import { duplicateTrials } from './duplicate-trials.js';
import { endBeforeStart } from './end-before-start.js';
import { licensesOfInactiveCompany } from './licenses-of-inactive-company.js';
import { noOwner } from './no-owner.js';
import { overlappingRounds } from './overlapping-rounds.js';
import { seatsNotPositive } from './seats-not-positive.js';
import { statusDisagrees } from './status-disagrees.js';
import { totalDisagreesCheck } from './total-disagrees.js';
import { twoOwners } from './two-owners.js';
import { unknownCurrency } from './unknown-currency.js';
import { unknownProduct } from './unknown-product.js';

/** Every check, the gravest first. To add one: a kind in the SDL, a file, a line here. */
export const checks: Readonly<Record<DataQualityKind, Check>> = {
  NO_OWNER: noOwner,
  TWO_OWNERS: twoOwners,
  END_BEFORE_START: endBeforeStart,
  SEATS_NOT_POSITIVE: seatsNotPositive,
  UNKNOWN_CURRENCY: unknownCurrency,
  UNKNOWN_PRODUCT: unknownProduct,
  OVERLAPPING_ROUNDS: overlappingRounds,
  TOTAL_DISAGREES: totalDisagreesCheck,
  STATUS_DISAGREES: statusDisagrees,
  COST_NOT_POSITIVE: costNotPositive,
  LICENSES_OF_INACTIVE_COMPANY: licensesOfInactiveCompany,
  ACTIVITY_OF_INACTIVE_USER: activityOfInactiveUser,
  ACTIVITY_OF_UNKNOWN_USER: activityOfUnknownUser,
  DUPLICATE_TRIALS: duplicateTrials,
};

/** The kinds in the order of their gravity. */
export const kinds = Object.keys(checks) as DataQualityKind[];
