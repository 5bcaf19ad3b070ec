import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { LicenseSource } from '../../graphql.generated.js';
import { licensesAsKnown } from '../../modules/license/past.js';
import { validPriceJoin } from '../../modules/price/valid-price.js';
import { portalSource } from '../../modules/unified/portal.js';
import { trialSource } from '../../modules/unified/trial.js';
import { zonedDay } from '../../modules/unified/zoned-day.js';
import type { TrendQuestion } from './question.js';

/**
 * The terms of a source as a derived table `k`, as known at the end of asOf: owner and product as one short value `o`, first and last day (`s`, `e`; null without end), quantity `q`, currency and ARR in 1/60 minor units `a`, null when
 * there is no price; `is_valid`; and the columns that filters look at.
 */
export function termsOf(question: TrendQuestion, source: LicenseSource): Promise<Sql> {
  return terms[source](question);
}

const terms: Record<LicenseSource, (question: TrendQuestion) => Promise<Sql>> = {
  PORTAL: portalTerms,
  EXTERNAL: async (question) => externalTerms(question),
  TRIAL: async (question) => trialTerms(question),
};

/** Months of a year times the 60 parts of a minor unit. */
const YEAR_IN_PARTS = raw('720');
/** More than there are ids of 32 bits. */
const IDS = raw('4294967296');

async function portalTerms({ context, asOf, knownBefore }: TrendQuestion): Promise<Sql> {
  const { columns, joins } = portalSource(context, asOf);
  const products = joins.find(({ needs }) => needs.includes('product_key'))?.join ?? empty;
  // One number for owner and product: it is sorted faster than texts.
  return sql`(
    select case when l.company_id is not null then l.company_id else -l.partner_id end * ${IDS} + coalesce(l.product_code_id, 0) as o,
      ${columns.start_date} as s, ${columns.end_date} as e, ${columns.quantity} as q, ${columns.currency} as currency, ${columns.arr} as a,
      case when ${columns.status} = 'INVALID' then 0 else 1 end as is_valid,
      l.company_id as company_id, l.partner_id as partner_id, ${columns.product_key} as product_key
    from ${await licensesAsKnown(context, knownBefore)} ${products}) k`;
}

function externalTerms({ context, asOf, knownBefore }: TrendQuestion): Sql {
  const { db, config } = context;
  const { dialect } = db;
  const noEnd = dialect.hasNoEnd(raw('t.end_date'));
  const end = sql`case when ${noEnd} then null else t.end_date end`;
  const listed = validPriceJoin(db, {
    productSlug: raw('x.product_slug'), variation: raw('x.variation'), currency: raw('t.currency'), reportingCurrency: config.REPORTING_CURRENCY,
    day: sql`${asOf}`, when: raw('t.price_minor is null'),
  });
  const priced = (own: string, list: string): Sql => raw(`case when t.price_minor is null then ${list} else ${own} end`);
  const [price, interval] = [priced('t.price_minor', 'xp.amount_minor'), priced('t.interval_months', 'xp.interval_months')];
  const identity = dialect.concat([raw(`'x:'`), dialect.asText(raw('x.id'))]);
  const ownedBy = (letter: string, id: string) => dialect.concat([raw(`'${letter}:'`), dialect.asText(raw(id))]);
  const owner = sql`case when x.company_id is not null then ${ownedBy('c', 'x.company_id')} when x.partner_id is not null then ${ownedBy('p', 'x.partner_id')}
    when x.site_host <> '' then ${dialect.concat([raw(`'s:'`), raw('x.site_host')])} else ${identity} end`;
  const chain = dialect.shortKey(dialect.concat([owner, raw(`' '`), sql`coalesce(lower(x.product_slug), ${identity})`]));
  return sql`(
    select ${chain} as o, t.start_date as s, ${end} as e, t.quantity as q, ${priced('t.currency', 'xp.currency')} as currency,
      case when ${noEnd} then 0 when ${price} is null then null when ${interval} is null then 0
        else ${dialect.wholeQuotient(sql`(${price}) * ${YEAR_IN_PARTS}`, interval)} end as a,
      case when ${noEnd} or t.end_date >= t.start_date then 1 else 0 end as is_valid,
      x.company_id as company_id, x.partner_id as partner_id, lower(x.product_slug) as product_key
    from ${db.table('externalTerm', 't')} join ${db.table('externalLicense', 'x')} on x.id = t.license_id ${listed}
    where t.recorded_at < ${knownBefore} and (t.superseded_at is null or t.superseded_at >= ${knownBefore})) k`;
}

/** A trial lasts from the day it was created to its last day, or to the day before it converted, as far as that is recorded. */
function trialTerms({ context, asOf, knownBefore }: TrendQuestion): Sql {
  const { db, config } = context;
  const { dialect } = db;
  const { columns, from } = trialSource(context, asOf);
  const conversions = sql`left join (
    select v.trial_id as trial_id, min(v.occurred_at) as occurred_at from ${db.table('trialEvent', 'v')}
    where v.kind = 'CONVERTED' and v.known_at < ${knownBefore} group by v.trial_id) tv on tv.trial_id = t.id`;
  const lastDay = dialect.addDays(zonedDay(dialect, raw('tv.occurred_at'), config.REPORT_TIMEZONE, context.today), -1);
  const identity = dialect.concat([raw(`'t:'`), dialect.asText(raw('t.id'))]);
  return sql`(
    select ${dialect.shortKey(dialect.concat([raw('i.o'), raw(`' '`), raw('i.p')]))} as o, i.s as s,
      case when i.converted is null or i.e < i.converted then i.e when i.converted < i.s then i.s else i.converted end as e,
      1 as q, i.currency as currency, 0 as a,
      case when i.s is null or i.e < i.s then 0 else 1 end as is_valid, null as company_id, null as partner_id, i.product_key as product_key
    from (
      select coalesce(${columns.owner_key}, ${identity}) as o, coalesce(${columns.product_key}, ${identity}) as p, ${columns.start_date} as s,
        ${columns.end_date} as e, ${columns.product_key} as product_key, ${columns.currency} as currency,
        case when tv.occurred_at is not null then ${lastDay} end as converted
      from ${from} ${conversions}) i) k`;
}
