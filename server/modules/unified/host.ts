import sql, { type Sql } from 'sql-template-tag';
import type { Dialect } from '../../db/dialect/dialect.js';

/** The host of a site's address in SQL: the rule of reports/shapes/host.ts. */
export function hostSql(dialect: Dialect, address: Sql): Sql {
  const bare = sql`replace(replace(lower(trim(${address})), 'https://', ''), 'http://', '')`;
  const host = dialect.before(sql`replace(replace(replace(${bare}, '?', '/'), '#', '/'), ':', '/')`, '/');
  return sql`case when ${host} like 'www.%' then substr(${host}, 5) else ${host} end`;
}
