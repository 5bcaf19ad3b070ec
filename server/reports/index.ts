import { analyzeQueries, analyzeTypes } from './analyze.js';
import { trendQueries, trendTypes } from './consumption-trend.js';
import { costQueries, costTypes } from './cost-per-active-user.js';
import { positionQueries, positionTypes } from './effective-license-position.js';
import { reclamationQueries, reclamationTypes } from './reclamation.js';
import { renewalQueries, renewalTypes } from './renewal-forecast.js';
import { trialFunnelQueries, trialFunnelTypes } from './trial-funnel.js';

/** Every report: its root field here, its types below. A report is a file in schema/reports, one here, and a line in each list. */
export const reportQueries = {
  ...analyzeQueries,
  ...costQueries,
  ...positionQueries,
  ...reclamationQueries,
  ...renewalQueries,
  ...trendQueries,
  ...trialFunnelQueries,
};

/** The types of the reports that need resolvers. */
export const reportTypes = {
  ...analyzeTypes,
  ...costTypes,
  ...positionTypes,
  ...reclamationTypes,
  ...renewalTypes,
  ...trendTypes,
  ...trialFunnelTypes,
};
