/**
 * What a good developer would write by hand for these pages and no others: SQL that both databases take, on tables known
 * to be clean (one owner a round, known currencies, no scope, no filters), and the shortest way from rows to JSON.
 */
export const PAGE_SIZE = 200;

/** A page of licences with the names around them. */
export const page = {
  sql: `
    select l.id, l.start_date, l.end_date, l.number_of_licenses as seats, l.currency, l.status,
      c.id as company_id, c.company_name, p.id as partner_id, p.partner_name, d.id as product_id, d.code, d.label
    from (select * from license_records order by id limit ${PAGE_SIZE}) l
    left join companies c on c.id = l.company_id
    left join partners p on p.id = l.partner_id
    left join license_product_codes d on d.id = l.product_code_id
    order by l.id`,
  values: () => [],
  answer: (rows) => ({ data: { licenses: { nodes: rows.map((row) => license(row)) } } }),
};

/** For few users: one step into the log's index each. */
const counts = `count(case when u.active = 1 then 1 end) as registered, count(case when (
  select a.timestamp from fido1.app_log a where a.user_id = u.id and a.timestamp < ? order by a.timestamp desc limit 1) >= ? then 1 end) as active`;
/** For all users: one pass over the log. */
const countsOfAll = 'count(case when u.active = 1 then 1 end) as registered, count(w.user_id) as active';
const activeInWindow = '(select distinct user_id from fido1.app_log where user_id is not null and timestamp >= ? and timestamp < ?) w on w.user_id = u.id';
const limited = `(select * from license_records order by id limit ${PAGE_SIZE})`;

/** The same page with registered and active users of each owner. */
export const pageWithUsers = {
  sql: `
    with l as ${limited},
    company_users as (
      select o.id, ${counts} from (select distinct company_id as id from l) o join users_portal u on u.company_id = o.id group by o.id),
    partner_users as (
      select u.owner_id as id, ${counts} from (
        select c.partner_id as owner_id, u.id, u.active from (select distinct partner_id as id from l) o
        join companies c on c.partner_id = o.id join users_portal u on u.company_id = c.id
        union all
        select u.partner_id, u.id, u.active from (select distinct partner_id as id from l) o
        join users_portal u on u.partner_id = o.id where u.company_id is null
      ) u group by u.owner_id)
    select l.id, l.start_date, l.end_date, l.number_of_licenses as seats, l.currency, l.status,
      c.id as company_id, c.company_name, p.id as partner_id, p.partner_name, d.id as product_id, d.code, d.label,
      coalesce(cu.registered, pu.registered, 0) as registered, coalesce(cu.active, pu.active, 0) as active
    from l
    left join companies c on c.id = l.company_id
    left join partners p on p.id = l.partner_id
    left join license_product_codes d on d.id = l.product_code_id
    left join company_users cu on cu.id = l.company_id
    left join partner_users pu on pu.id = l.partner_id
    order by l.id`,
  values: ({ from, before }) => [before, from, before, from],
  answer: (rows) => ({
    data: {
      licenses: {
        nodes: rows.map((row) => license(row, { activeUserStats: { registeredUsers: Number(row.registered), activeUsers: Number(row.active) } })),
      },
    },
  }),
};

function license(row, stats) {
  return {
    id: String(row.id), startDate: row.start_date, endDate: row.end_date, seats: row.seats, currency: row.currency, status: row.status,
    company: row.company_id === null ? null : { id: String(row.company_id), name: row.company_name, ...stats },
    partner: row.partner_id === null ? null : { id: String(row.partner_id), name: row.partner_name, ...stats },
    product: { id: String(row.product_id), code: row.code, label: row.label },
  };
}

/** Rounds by status and currency. */
export const rounds = {
  sql: `
    select s.status, s.currency, count(*) as rounds, sum(s.seats) as seats, sum(s.minor) as minor from (
      select case when start_date > ? then 'SCHEDULED' when end_date is null then 'PERPETUAL' when end_date = ? then 'EXPIRES_TODAY'
          when end_date > ? then 'ACTIVE' when end_date >= ? then 'IN_GRACE' else 'EXPIRED' end as status,
        currency, number_of_licenses as seats,
        number_of_licenses * round(cost_per_license * case when currency = 'JPY' then 1 else 100 end) as minor
      from license_records) s
    group by s.status, s.currency`,
  values: ({ asOf, graceBegins }) => [asOf, asOf, asOf, graceBegins],
};

/** Users, and those with activity. */
export const users = {
  sql: `select ${countsOfAll} from users_portal u left join ${activeInWindow} where u.company_id is not null or u.partner_id is not null`,
  values: ({ from, before }) => [from, before],
};

/** Users of every company, those without users included. */
export const companyUsers = {
  sql: `
    select c.id, c.company_name, coalesce(s.registered, 0) as registered, coalesce(s.active, 0) as active from companies c
    left join (select u.company_id, ${countsOfAll} from users_portal u left join ${activeInWindow} where u.company_id is not null group by u.company_id) s on s.company_id = c.id
    order by active desc, c.id`,
  values: ({ from, before }) => [from, before],
  answer: (rows) => ({
    data: {
      activeUserStats: {
        byOwner: rows.map((row) => ({
          ownerId: String(row.id), ownerName: row.company_name,
          stats: { registeredUsers: Number(row.registered), activeUsers: Number(row.active) },
        })),
      },
    },
  }),
};

/** Companies by band of utilisation. */
export const bands = {
  sql: `
    select b.band, count(*) as owners from (
      select case when coalesce(s.seats, 0) = 0 then case when n.registered > 0 or n.active > 0 then 'UNLICENSED' end
          when coalesce(n.active, 0) > s.seats then 'OVER' when coalesce(n.active, 0) < s.seats * 0.7 then 'UNDER' else 'WELL' end as band
      from companies c
      left join (select company_id, sum(number_of_licenses) as seats from license_records
        where start_date <= ? and (end_date is null or end_date >= ?) group by company_id) s on s.company_id = c.id
      left join (select u.company_id, ${countsOfAll} from users_portal u left join ${activeInWindow} where u.company_id is not null group by u.company_id) n on n.company_id = c.id
    ) b group by b.band`,
  values: ({ asOf, from, before }) => [asOf, asOf, from, before],
};

const inForce = ['PERPETUAL', 'ACTIVE', 'EXPIRES_TODAY'];

/** Trials that started in a year, by month and fate; one trial a unit, as these are. */
export const trialFunnel = {
  sql: `
    select u.month, u.activated, u.fate, u.expired, u.open, count(*) as trials from (
      select substr(s.started_at, 1, 7) as month, s.activated,
        case when s.undated = 1 then 'UNKNOWN' when s.converted_at is null then 'NONE' when substr(s.converted_at, 1, 10) <= s.expires_on then 'BEFORE' else 'LATER' end as fate,
        case when s.expires_on < ? then 1 else 0 end as expired, s.open
      from (
        select unit_id, min(case when kind = 'STARTED' then occurred_at end) as started_at, max(case when kind = 'ACTIVATED' then 1 else 0 end) as activated,
          min(case when kind = 'CONVERTED' then occurred_at end) as converted_at, max(case when kind = 'CONVERTED' and occurred_at is null then 1 else 0 end) as undated,
          max(expires_on) as expires_on, max(case when coalesce(grace_until, expires_on) >= case when grace_until is null then ? else ? end then 1 else 0 end) as open
        from sw_trial_events where unit_id is not null and known_at < ? group by unit_id) s
      where s.started_at >= ?) u
    group by u.month, u.activated, u.fate, u.expired, u.open`,
  values: ({ asOf, graceBegins, before, yearBegins }) => [asOf, graceBegins, asOf, before, yearBegins],
  answer: (rows) => {
    const count = (passes) => sum(rows.filter(passes), 'trials');
    const converted = ({ fate }) => fate !== 'NONE';
    const months = [...new Set(rows.map(({ month }) => month))].sort();
    return {
      data: {
        trialFunnel: {
          steps: [
            count(() => true), count(({ activated }) => activated), count(({ expired, fate }) => expired && fate !== 'BEFORE' && fate !== 'UNKNOWN'), count(converted),
          ].map((value) => ({ count: value })),
          outcome: { converted: count(converted), open: count((row) => !converted(row) && row.open), lapsed: count((row) => !converted(row) && !row.open) },
          conversions: { beforeExpiry: count(({ fate }) => fate === 'BEFORE'), unknownDate: count(({ fate }) => fate === 'UNKNOWN') },
          cohorts: months.map((month) => {
            const own = (passes) => count((row) => row.month === month && passes(row));
            return { month: `${month}-01`, started: own(() => true), activated: own(({ activated }) => activated), converted: own(converted) };
          }),
        },
      },
    };
  },
};

/** The dashboard from the rows of `rounds`, `users` and `bands`. */
export function dashboard(roundRows, [{ registered, active }], bandRows) {
  const seatsIn = (...statuses) => sum(roundRows.filter(({ status }) => statuses.includes(status)), 'seats');
  const owners = new Map(bandRows.map(({ band, owners: count }) => [band, Number(count)]));
  const held = roundRows.filter(({ status }) => inForce.includes(status));
  const revenue = [...new Set(held.map(({ currency }) => currency))].map((currency) => {
    const rows = held.filter((row) => row.currency === currency);
    const [seats, minor, decimals] = [sum(rows, 'seats'), sum(rows, 'minor'), currency === 'JPY' ? 0 : 2];
    const amount = (units) => (units / 10 ** decimals).toFixed(decimals);
    return { currency, annualValue: { amount: amount(minor) }, averageCost: { amount: amount(minor / seats) }, seats, rounds: sum(rows, 'rounds') };
  });
  return {
    data: {
      dashboard: {
        totalLicenses: sum(roundRows, 'seats'), activeLicenses: seatsIn(...inForce), graceLicenses: seatsIn('IN_GRACE'),
        scheduledLicenses: seatsIn('SCHEDULED'), expiredLicenses: seatsIn('EXPIRED'),
        totalUsers: Number(registered), activeUsers: Number(active),
        bands: ['OVER', 'WELL', 'UNDER', 'UNLICENSED', null].map((band) => ({ band, owners: owners.get(band) ?? 0 })),
        revenue: revenue.sort((a, b) => b.seats - a.seats),
      },
    },
  };
}

function sum(rows, column) {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}
