/** Hand-written SQL of what expires, for tables known to be clean: no scope, no filter, and nobody asks what continues it. */

const HORIZON_DAYS = 180;
const DAYS_OF_QUARTER = 90;
const later = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Licences and seats by last day; a trial that was converted counts as the licence that it became. */
export const expiring = {
  sql: `
    select substr(e.day, 1, 10) as day, e.licenses, e.quantity from (
      select end_date as day, count(*) as licenses, sum(number_of_licenses) as quantity from license_records
      where start_date <= ? and end_date >= ? and end_date <= ? group by end_date
      union all
      select expiration_date, count(*), count(*) from free_trials
      where is_active = 1 and is_fluent_license_check = 0 and created_at < ? and expiration_date >= ? and expiration_date <= ? group by expiration_date
      union all
      select expiration_date, count(*), sum(case when is_unlimited = 1 then 0 else activation_limit end) from sw_external_licenses
      where is_enabled = 1 and purchase_date <= ? and expiration_date >= ? and expiration_date <= ? group by expiration_date) e`,
  values: ({ asOf, before }) => {
    const last = later(asOf, HORIZON_DAYS);
    return [asOf, asOf, last, before, asOf, `${last} 00:00:00`, asOf, asOf, last];
  },
};

/** The report from the rows. */
export function renewalForecast(rows, { asOf }) {
  const figures = (members) => ({
    licenses: members.reduce((sum, row) => sum + Number(row.licenses), 0),
    quantity: members.reduce((sum, row) => sum + Number(row.quantity), 0),
  });
  const quarter = later(asOf, DAYS_OF_QUARTER);
  const dates = [...new Set(rows.map(({ day }) => day))].sort();
  return {
    data: {
      renewalForecast: {
        within90: figures(rows.filter(({ day }) => day <= quarter)),
        within180: figures(rows),
        days: dates.map((date) => ({ date, figures: figures(rows.filter(({ day }) => day === date)) })),
      },
    },
  };
}
