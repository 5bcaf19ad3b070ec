import sql, { raw, type Sql } from 'sql-template-tag';
import { number, text } from '../../../db/decode.js';
import { never } from '../../../db/filter.js';
import { readPage } from '../../../db/page.js';
import { unifiedSource } from '../../unified/relation.js';
import type { OtherCheck } from '../check.js';
import type { Question } from '../question.js';
import { byId } from '../rounds.js';

/** Rows (id, host, product, trials): sites and products that have several trials, by the first of them. */
function duplicates({ db, context, asOf }: Question): Sql {
  const digest = db.dialect.shortKey(db.dialect.neutralExactText(db.dialect.concat([raw('k.site_host'), raw(`' '`), raw(`coalesce(k.product_key, '')`)])));
  return sql`(select min(k.row_id) as id, min(k.site_host) as host, min(coalesce(k.product_key, '')) as product, count(*) as trials
    from ${unifiedSource(context, 'TRIAL', asOf, ['row_id', 'site_host', 'product_key'])} where k.site_host <> '' group by ${digest} having count(*) > 1) g`;
}

/** Trials name no owner: a filter on owners leaves nothing. */
const where = ({ scope }: Question): Sql[] => (scope.unfiltered ? [] : [never]);

export const duplicateTrials: OtherCheck = {
  severity: 'WARNING',
  count: async (question) => {
    if (!question.scope.unfiltered) return 0;
    const [row] = await question.db.read(sql`select count(*) as n from ${duplicates(question)}`);
    return Number(row?.['n'] ?? 0);
  },
  page: (question, args) => readPage({
    db: question.db, source: duplicates(question), alias: 'g', where: where(question), order: byId('DUPLICATE_TRIALS', 'g.id'), ...args,
    columns: raw('x.id as id, x.host as host, x.product as product, x.trials as trials'),
    decode: (row) => ({ rowId: number(row, 'id'), rows: number(row, 'trials'), site: { host: text(row, 'host'), productSlug: text(row, 'product') } }),
  }),
  message: ({ site, rows = 0 }) => `${rows} trials of ${site?.productSlug || 'no product'} on ${site?.host ?? ''}.`,
};
