import sql, { raw, type Sql } from 'sql-template-tag';
import type { Dialect } from '../db/dialect/dialect.js';

/** The condition that the owners named by these two expressions are within a tenant's scope. */
export type OwnedWithin = (companyId: Sql, partnerId: Sql) => Sql;

/** Name under which changes of licence rounds are logged. */
const LICENSE_ENTITY = raw(`'License'`);

/**
 * The audit log (alias `t`) as a tenant sees it: changes of rounds alone, and of each the states whose owners are within
 * its scope. A round that went from one tenant to another shows each of them its own half: the other is null, as if the
 * round had begun or ended there. What names no owner, or another one, is seen by no tenant.
 */
export const auditScope = {
  condition: (dialect: Dialect, owned: OwnedWithin): Sql =>
    sql`t.entity = ${LICENSE_ENTITY} and (${isSeen(dialect, 't.before_json', owned)} or ${isSeen(dialect, 't.after_json', owned)})`,
  columns: (dialect: Dialect, owned: OwnedWithin): Sql =>
    sql`t.id, t.at, t.action, t.entity, t.entity_id,
      case when ${isSeen(dialect, 't.before_json', owned)} then t.before_json end as before_json,
      case when ${isSeen(dialect, 't.after_json', owned)} then t.after_json end as after_json`,
};

/** Never unknown: a state that is missing or names nobody is not seen. */
function isSeen(dialect: Dialect, state: 't.before_json' | 't.after_json', owned: OwnedWithin): Sql {
  const owner = (field: string) => dialect.jsonField(raw(state), field, 'whole');
  return sql`(${raw(state)} is not null and coalesce((${owned(owner('companyId'), owner('partnerId'))}), 0) = 1)`;
}
