import sql, { type Sql } from 'sql-template-tag';

interface TermSql {
  start: Sql;
  /** Null: no end. */
  end: Sql;
  /** Last day of grace; null: no end. */
  grace: Sql;
}

/** The derived status of a trial or an external licence. They need no owner; an end before the start is INVALID. */
export function termStatus({ start, end, grace }: TermSql, asOf: string): Sql {
  return sql`case
    when ${end} < ${start} then 'INVALID'
    when ${start} > ${asOf} then 'SCHEDULED'
    when ${end} is null then 'PERPETUAL'
    when ${end} = ${asOf} then 'EXPIRES_TODAY'
    when ${end} > ${asOf} then 'ACTIVE'
    when ${grace} >= ${asOf} then 'IN_GRACE'
    else 'EXPIRED' end`;
}
