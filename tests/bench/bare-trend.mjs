/**
 * Hand-written SQL of the consumption trend in its default mode, for MariaDB and tables known to be clean: no scope, no filter, no
 * list prices. Terms of one owner and product without gaps of more than 30 days are one licence, which starts once and ends once.
 */

const monthOf = (day) => `case when ${day} < ? then 0 else extract(year_month from ${day}) end`;

/** Starts (w 1, first or again) and ends (-1) of licences by month, 0 before the range, from terms: chain `o`, first and last day. */
const changesOf = (terms) => `
  select d.w, ${monthOf('case when d.w = 1 then c.s else c.e end')} as month, case when d.w = 1 then c.n > 1 else 0 end as again, count(*) as licenses
  from (
    select k.o, k.n, min(k.s) as s, max(k.e) as e from (
      select k.o, k.id, k.s, k.e, sum(case when k.ended is null or datediff(k.s, k.ended) > 30 then 1 else 0 end) over (partition by k.o order by k.s, k.id rows unbounded preceding) as n
      from (
        select k.*, max(k.e) over (partition by k.o order by k.s, k.id rows between unbounded preceding and 1 preceding) as ended
        from (${terms} limit 1000000000) k limit 1000000000
      ) k limit 1000000000
    ) k group by k.o, k.n order by null
  ) c cross join (select 1 as w union all select -1) d
  where d.w = 1 or c.e <= ? group by 1, 2, 3`;

const values = ({ asOf, trendFrom }) => [trendFrom, asOf, asOf];

/** Of rounds; owner and product are one number. */
export const roundChanges = {
  sql: changesOf(`
    select l.id, coalesce(l.company_id, -l.partner_id) * 1000000 + l.product_code_id as o, l.start_date as s, coalesce(l.end_date, date '9999-12-31') as e
    from license_records l where l.start_date <= ?`),
  values,
};

/** Of licences of the mirror; owner and product are a digest, as texts would be sorted on disk. */
export const termChanges = {
  sql: changesOf(`
    select t.id, unhex(md5(concat(coalesce(x.company_id, -x.partner_id, x.site_host), ' ', x.product_slug))) as o, t.start_date as s, coalesce(t.end_date, date '9999-12-31') as e
    from sw_external_terms t join sw_external_licenses x on x.id = t.license_id where t.start_date <= ? and t.superseded_at is null`),
  values,
};

/** The report from the rows of both: months from the first to that of asOf. */
export function consumptionTrend(rows, { asOf, trendFrom }) {
  const count = (month, isMeant) => rows.filter((row) => Number(row.month) === month && isMeant(row)).reduce((sum, { licenses }) => sum + Number(licenses), 0);
  const isEnd = ({ w }) => Number(w) === -1;
  const first = ({ w, again }) => Number(w) === 1 && Number(again) === 0;
  const restart = ({ again }) => Number(again) === 1;
  const points = [];
  let balance = count(0, (row) => !isEnd(row)) - count(0, isEnd);
  for (let day = trendFrom; day <= asOf; day = nextMonth(day)) {
    const month = Number(day.slice(0, 4)) * 100 + Number(day.slice(5, 7));
    const licenses = { opening: balance, new: count(month, first), reactivated: count(month, restart), expired: count(month, isEnd) };
    const net = licenses.new + licenses.reactivated - licenses.expired;
    balance += net;
    points.push({ from: day, licenses: { ...licenses, net, closing: balance } });
  }
  return { data: { consumptionTrend: { points } } };
}

function nextMonth(day) {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}
