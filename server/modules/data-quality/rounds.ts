import sql, { raw, type Sql } from 'sql-template-tag';
import type { Row } from '../../db/dialect/dialect.js';
import { readPage, type Page } from '../../db/page.js';
import type { DataQualityKind } from '../../graphql.generated.js';
import { decodeLicense, licenseColumns } from '../license/columns.js';
import type { PageArgs, RoundCheck } from './check.js';
import type { OtherFinding } from './finding.js';
import type { Question } from './question.js';

/** The rounds `l` with the product `d` and the company `c` that they name. */
export function checkedRounds({ db }: Question): Sql {
  return sql`${db.table('license', 'l')} left join ${db.table('product', 'd')} on d.id = l.product_code_id
    left join ${db.table('company', 'c')} on c.id = l.company_id`;
}

/** A page of the rounds that a check finds, by id. */
export function roundPage(question: Question, kind: DataQualityKind, check: RoundCheck, args: PageArgs): Promise<Page<OtherFinding>> {
  return readPage({
    db: question.db, source: checkedRounds(question), alias: 'l', where: [question.scope.rounds, check.condition(question)],
    order: byId(kind, 'l.id'), ...args, columns: licenseColumns, decode: roundFinding,
  });
}

/** The order of findings; a cursor of one kind is none of another. */
export function byId(kind: DataQualityKind, key: string) {
  return { name: `dataQuality.${kind}`, key: raw(key), direction: 'ASC' as const };
}

/** A finding about one round. */
export function roundFinding(row: Row): OtherFinding {
  const license = decodeLicense(row);
  return { rowId: license.id, license };
}
