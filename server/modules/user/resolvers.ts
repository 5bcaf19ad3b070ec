import type { UserResolvers } from '../../graphql.generated.js';
import { addDays, startOfDay } from '../../reports/shapes/days.js';
import { loadLastActivity } from '../activity/store.js';
import { loadCompany } from '../company/loaders.js';
import { loadPartner } from '../partner/loaders.js';

export const User: UserResolvers = {
  active: ({ active }) => active === 1,
  company: ({ companyId }, _, context) => (companyId === null ? null : loadCompany(context, companyId)),
  partner: ({ companyId, partnerId }, _, context) =>
    companyId !== null || partnerId === null ? null : loadPartner(context, partnerId),
  lastActivityAt: ({ id }, { asOf }, context) =>
    loadLastActivity(context, id, startOfDay(addDays(asOf ?? context.today, 1), context.config.REPORT_TIMEZONE)),
};
