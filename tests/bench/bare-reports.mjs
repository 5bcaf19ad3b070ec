/** Hand-written SQL of the reports on licences and their use, for tables known to be clean: no scope, no silent product, no filter. */

/** The last activity of every owner, a partner's below zero, and its users of the window. */
const ownerActivity = `(select s.owner, max(s.latest) as latest, count(case when s.latest >= ? then 1 end) as active from (
  select coalesce(u.company_id, -u.partner_id) as owner,
    (select a.timestamp from fido1.app_log a where a.user_id = u.id and a.timestamp < ? order by a.timestamp desc limit 1) as latest
  from users_portal u where u.company_id is not null or u.partner_id is not null limit 1000000000) s group by s.owner)`;

const classOf = (start) => `case when ${start} > ? then 'TOO_NEW' when k.latest is null or k.latest < ${start} then 'NEVER_USED'
  when k.latest >= ? then 'ACTIVE' when k.latest >= ? then 'DORMANT' else 'INACTIVE' end`;
const wholeOf = `case when k.class = 'TOO_NEW' then null when k.owner_active = 0 then 'OWNER_INACTIVE' when k.class = 'NEVER_USED' then 'NEVER_USED'
  when k.class = 'INACTIVE' then 'STALE' end`;

/** Rounds in force by class and reason. */
export const reclaimableRounds = {
  sql: `
    select r.class, r.reason, count(*) as licenses, sum(r.quantity) as quantity, sum(r.seats) as seats from (
      select k.class, k.quantity, case when k.whole is not null then k.whole when k.free > k.before_it and k.takable > 0 then 'UNDERUSED' end as reason,
        case when k.whole is not null then k.quantity when k.free <= k.before_it then 0 when k.free - k.before_it < k.takable then k.free - k.before_it else k.takable end as seats
      from (
        select k.*, sum(k.quantity) over (partition by k.owner) - k.active as free,
          sum(k.takable) over (partition by k.owner order by k.end_date is null, k.end_date, k.id rows unbounded preceding) - k.takable as before_it
        from (
          select k.*, case when k.whole is null and k.class <> 'TOO_NEW' then k.quantity else 0 end as takable from (
            select k.*, ${wholeOf} as whole from (
              select k.id, k.owner, k.quantity, k.end_date, coalesce(k.active, 0) as active, k.owner_active, ${classOf('k.start_date')} as class from (
                select l.id, coalesce(l.company_id, -l.partner_id) as owner, l.number_of_licenses as quantity, l.start_date, l.end_date, o.latest, o.active, c.active as owner_active
                from license_records l left join ${ownerActivity} o on o.owner = coalesce(l.company_id, -l.partner_id) left join companies c on c.id = l.company_id
                where l.start_date <= ? and (l.end_date is null or l.end_date >= ?)
              ) k limit 1000000000
            ) k
          ) k
        ) k
      ) k
    ) r group by r.class, r.reason`,
  values: ({ asOf, oldest, activeFrom, usedFrom, before }) => [oldest, activeFrom, usedFrom, usedFrom, before, asOf, asOf],
};

/** External licences in force by class and reason. */
export const reclaimableExternals = {
  sql: `
    select k.class, k.reason, count(*) as licenses, sum(k.quantity) as quantity, sum(case when k.reason is null then 0 else k.quantity end) as seats from (
      select k.class, k.quantity, ${wholeOf} as reason from (
        select k.quantity, k.owner_active, ${classOf('k.purchase_date')} as class from (
          select case when x.is_unlimited = 1 then 0 else x.activation_limit end as quantity, x.purchase_date, x.last_checked_in_at as latest, c.active as owner_active
          from sw_external_licenses x left join companies c on c.id = x.company_id
          where x.is_enabled = 1 and x.purchase_date <= ? and (x.expiration_date is null or x.expiration_date >= ?)
        ) k limit 1000000000
      ) k
    ) k group by k.class, k.reason`,
  values: ({ asOf, oldest, activeFrom, usedFrom }) => [oldest, activeFrom, usedFrom, asOf, asOf],
};

const total = (rows, column) => rows.reduce((sum, row) => sum + Number(row[column]), 0);

/** The report from the rows of both. */
export function reclamation(rows) {
  return {
    data: {
      reclamation: {
        premiumInForce: total(rows, 'licenses'),
        classes: ['ACTIVE', 'DORMANT', 'INACTIVE', 'NEVER_USED', 'TOO_NEW', 'NO_TELEMETRY'].map((name) => {
          const members = rows.filter((row) => row.class === name);
          return { class: name, licenses: total(members, 'licenses'), quantity: total(members, 'quantity') };
        }),
        reasons: ['OWNER_INACTIVE', 'NEVER_USED', 'STALE', 'UNDERUSED'].map((name) => {
          const members = rows.filter(({ reason }) => reason === name);
          return { reason: name, licenses: total(members, 'licenses'), seats: total(members, 'seats') };
        }),
      },
    },
  };
}

const minorOf = (table) => `cast(floor(${table}.cost_per_license * case when ${table}.currency = 'JPY' then 1 else 100 end + 0.5) as decimal(20, 0))`;

/** Spend and users of the portal by currency: owners pay, their users count once a currency. */
export const portalCost = {
  sql: `
    select s.currency, sum(s.licenses) as licenses, sum(coalesce(w.active, 0)) as active, sum(s.minor) as minor from (
      select coalesce(l.company_id, -l.partner_id) as owner, l.currency, count(*) as licenses, sum(l.number_of_licenses * ${minorOf('l')}) as minor
      from license_records l where l.start_date <= ? and (l.end_date is null or l.end_date >= ?) group by owner, l.currency
    ) s left join (
      select coalesce(u.company_id, -u.partner_id) as owner, count(*) as active from (
        select distinct a.user_id from fido1.app_log a where a.user_id is not null and a.timestamp >= ? and a.timestamp < ?
      ) w join users_portal u on u.id = w.user_id where u.company_id is not null or u.partner_id is not null group by owner
    ) w on w.owner = s.owner group by s.currency`,
  values: ({ asOf, activeFrom, before }) => [asOf, asOf, activeFrom, before],
};

/** Spend and licences checked in of the mirror by currency. */
export const externalCost = {
  sql: `
    select x.currency, count(*) as licenses, count(case when x.last_checked_in_at >= ? and x.last_checked_in_at < ? then 1 end) as active,
      sum(case when x.expiration_date is null or x.interval_months is null then 0 else x.price_minor * 12 / x.interval_months end) as minor
    from sw_external_licenses x
    where x.is_enabled = 1 and x.purchase_date <= ? and (x.expiration_date is null or x.expiration_date >= ?) and x.price_minor is not null group by x.currency`,
  values: ({ asOf, activeFrom, before }) => [activeFrom, before, asOf, asOf],
};

/** The report from the rows of both. */
export function costPerActiveUser(portal, external) {
  const line = (source) => (row) => {
    const decimals = row.currency === 'JPY' ? 0 : 2;
    return { source, currency: row.currency, licenses: Number(row.licenses), activeUsers: Number(row.active), annualSpend: { amount: (Number(row.minor) / 10 ** decimals).toFixed(decimals) } };
  };
  const sorted = (rows) => [...rows].sort((a, b) => (a.currency < b.currency ? -1 : 1));
  return { data: { costPerActiveUser: { bySource: [...sorted(portal).map(line('PORTAL')), ...sorted(external).map(line('EXTERNAL'))] } } };
}
