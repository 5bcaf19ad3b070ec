import type { Context } from '../../context.js';
import type { ViewerSettings } from '../../graphql.generated.js';
import { knownCurrencies } from '../../reports/shapes/money.js';
import { utilizationLimits } from '../utilization/service.js';

/** Settings of the installation that a client needs, whoever sits before it. */
export function viewerSettings(context: Context): ViewerSettings {
  const { config, today } = context;
  return {
    timezone: config.REPORT_TIMEZONE,
    today,
    activityWindowDays: config.ACTIVITY_WINDOW_DAYS,
    importMaxMegabytes: config.IMPORT_MAX_MEGABYTES,
    reportingCurrency: config.REPORTING_CURRENCY,
    currencies: [...knownCurrencies],
    utilizationLimits: utilizationLimits(context),
    demo: config.DEMO,
  };
}
