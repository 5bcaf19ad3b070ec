import sql, { raw, type Sql } from 'sql-template-tag';
import { number, text } from '../../../db/decode.js';
import { never } from '../../../db/filter.js';
import { keptWhole } from '../../../db/kept-whole.js';
import { readPage } from '../../../db/page.js';
import type { UnifiedColumn } from '../../unified/columns.js';
import { unifiedSource } from '../../unified/relation.js';
import type { OtherCheck } from '../check.js';
import type { Question } from '../question.js';
import { byId } from '../rounds.js';

const product = raw(`coalesce(k.product_key, '')`);

/**
 * Rows (id, host, product, trials): sites and products that have several trials, by the first of them. Hosts are taken out of
 * addresses at some cost: once for each trial, of which a number is sorted, and again for the few that share theirs.
 */
function duplicates({ db, context, asOf }: Question): Sql {
  const { dialect } = db;
  const trials = (columns: readonly UnifiedColumn[]) => unifiedSource(context, 'TRIAL', asOf, columns);
  const siteAndProduct = dialect.concat([raw('k.site_host'), raw(`' '`), product]);
  const alike = sql`select n.id as id from (
      select r.id as id, count(*) over (partition by r.rough) as alike from (
        select k.row_id as id, ${dialect.roughKey(siteAndProduct)} as rough from ${trials(['row_id', 'site_host', 'product_key'])} ${keptWhole}
      ) r
    ) n where n.alike > 1`;
  return sql`(select min(k.row_id) as id, min(k.site_host) as host, min(${product}) as product, count(*) as trials
    from (${alike}) c join ${trials(['row_id', 'site_host', 'product_key'])} on k.row_id = c.id
    where k.site_host <> '' group by ${dialect.shortKey(dialect.neutralExactText(siteAndProduct))} having count(*) > 1) g`;
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
