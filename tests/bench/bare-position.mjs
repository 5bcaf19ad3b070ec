/** Hand-written SQL of the effective licence position, for tables known to be clean: no scope, no invalid round, no filter. */

const inForce = (start, end) => `${start} <= ? and (${end} is null or ${end} >= ?)`;

const byPosition = (lines) => `
  select p.position, count(*) as line_count, sum(p.purchased) as purchased, sum(p.deployed) as deployed, sum(abs(p.purchased - p.deployed)) as gap from (
    select l.purchased, l.deployed, case when l.unlimited = 1 then 'UNLIMITED' when l.purchased = 0 then case when l.deployed > 0 then 'UNLICENSED' end
      when l.deployed = 0 then 'UNUSED' when l.deployed = l.purchased then 'COMPLIANT' when l.purchased > l.deployed then 'SURPLUS' else 'DEFICIT' end as position
    from (${lines}) l
  ) p group by p.position`;

/** Columns of an external licence: seats in force, activations of a licence that has begun, and whether it is unlimited. */
const external = `case when x.is_enabled = 1 and x.is_unlimited = 0 and ${inForce('x.purchase_date', 'x.expiration_date')} then coalesce(x.activation_limit, 0) else 0 end as purchased,
  coalesce(x.activation_count, x.site_count) as deployed,
  case when x.is_enabled = 1 and x.is_unlimited = 1 and ${inForce('x.purchase_date', 'x.expiration_date')} then 1 else 0 end as unlimited`;
const externalValues = (asOf) => [asOf, asOf, asOf, asOf, asOf];

/** Lines of companies and partners, a partner's owner below zero. */
export const ownerPositions = {
  sql: byPosition(`
    select o.owner, sum(o.purchased) as purchased, sum(o.deployed) as deployed, max(o.unlimited) as unlimited from (
      select coalesce(l.company_id, -l.partner_id) as owner, sum(l.number_of_licenses) as purchased, 0 as deployed, 0 as unlimited
      from license_records l where ${inForce('l.start_date', 'l.end_date')} group by coalesce(l.company_id, -l.partner_id)
      union all select coalesce(x.company_id, -x.partner_id) as owner, ${external}
      from sw_external_licenses x where (x.company_id is not null or x.partner_id is not null) and x.purchase_date <= ?
      union all select coalesce(u.company_id, -u.partner_id) as owner, 0 as purchased, count(*) as deployed, 0 as unlimited
      from users_portal u where u.active = 1 and (u.company_id is not null or u.partner_id is not null) group by coalesce(u.company_id, -u.partner_id)
    ) o group by o.owner`),
  values: ({ asOf }) => [asOf, asOf, ...externalValues(asOf)],
};

/** Cut out of what people typed; short, so that the table of hosts stays in memory. */
const host = `replace(replace(replace(replace(lower(t.site_url), 'https://', ''), 'http://', ''), 'www.', ''), '/', '')`;

/** Lines of sites: licences that nobody owns, and trials that run or are in grace. */
export const sitePositions = {
  sql: byPosition(`
    select h.host, sum(h.purchased) as purchased, sum(h.deployed) as deployed, max(h.unlimited) as unlimited from (
      select cast(x.site_host as char(64)) as host, ${external}
      from sw_external_licenses x where x.company_id is null and x.partner_id is null and x.purchase_date <= ?
      union all select cast(${host} as char(64)) as host, 0 as purchased, 1 as deployed, 0 as unlimited
      from free_trials t where t.is_active = 1 and t.created_at < ? and (t.expiration_date is null or coalesce(t.grace_period_date, t.expiration_date) >= case when t.grace_period_date is null then ? else ? end)
        and not (t.is_fluent_license_check = 1 and exists (select 1 from sw_external_licenses m where m.license_key = cast(t.premium_license_id as char(255))))
    ) h group by h.host`),
  values: ({ asOf, before, graceBegins }) => [...externalValues(asOf), before, graceBegins, asOf],
};

const total = (rows, column) => rows.reduce((sum, row) => sum + Number(row[column]), 0);

/** The report from the rows of both. */
export function effectiveLicensePosition(rows) {
  const among = (...names) => rows.filter(({ position }) => names.includes(position));
  return {
    data: {
      effectiveLicensePosition: {
        totals: {
          purchased: total(rows, 'purchased'),
          deployed: total(rows, 'deployed'),
          surplus: total(among('SURPLUS', 'UNUSED'), 'gap'),
          deficit: total(among('DEFICIT', 'UNLICENSED'), 'gap'),
          byPosition: ['COMPLIANT', 'SURPLUS', 'DEFICIT', 'UNLICENSED', 'UNUSED', 'UNLIMITED'].map((position) => ({ position, lines: total(among(position), 'line_count') })),
        },
      },
    },
  };
}
