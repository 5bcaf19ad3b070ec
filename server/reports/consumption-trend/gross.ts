import sql, { raw, type Sql } from 'sql-template-tag';
import { EXPIRY, START } from './chains.js';

/** Movements of rounds, each by itself, from terms added up by start and end as `g`: every start is new, every end is expired. */
export function grossMovements(spans: Sql): Sql {
  return sql`
    select case when d.w = 1 then ${raw(String(START))} else ${raw(String(EXPIRY))} end as kind, case when d.w = 1 then g.sb else g.eb end as b, g.c as currency,
      sum(d.w * g.n) as terms, sum(g.n) as licenses, sum(g.q) as seats_up, 0 as seats_down, 0 as seats_kept,
      sum(g.a) as arr_up, 0 as arr_down, 0 as arr_kept
    from ${spans} cross join (select 1 as w union all select -1) d
    where d.w = 1 or g.eb is not null group by d.w, case when d.w = 1 then g.sb else g.eb end, g.c`;
}
