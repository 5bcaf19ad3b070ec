import sql from 'sql-template-tag';
import type { Context } from '../../context.js';
import { instantOrNull, number, text } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { ProviderState, ReportSource, ReportWarning } from '../../graphql.generated.js';

const MS_PER_MINUTE = 60_000;

/** The rows of the synchronisation states by provider. */
export async function readStates({ db }: Context): Promise<Map<string, Row>> {
  const rows = await db.read(sql`select s.* from ${db.sharedTable('sw_sync_state', 's')}`);
  return new Map(rows.map((row) => [text(row, 'provider'), row]));
}

/** What a mirror is worth: of a provider that never answered nothing, after a failure what the last success left. */
export function stateOf({ config, now }: Pick<Context, 'config' | 'now'>, row: Row | undefined): ProviderState {
  const success = instantOrNull(row?.['last_success_at']);
  if (row === undefined || success === null) return 'NEVER_SYNCED';
  if (number(row, 'failures') > 0) return 'FAILING';
  const interval = config.SYNC_INTERVAL_MINUTES * MS_PER_MINUTE;
  return interval > 0 && now.getTime() - Date.parse(success) > 2 * interval ? 'STALE' : 'FRESH';
}

const told: Record<Exclude<ProviderState, 'FRESH'>, string> = {
  STALE: 'has not been synchronised for more than two intervals',
  FAILING: 'could not be synchronised lately',
  NEVER_SYNCED: 'has not been synchronised yet',
};

/** The providers as sources of a report, with a warning where a mirror is stale, failing or was never filled. */
export async function providerSources(context: Context): Promise<{ sources: ReportSource[]; warnings: ReportWarning[] }> {
  const { PROVIDERS } = context.config;
  if (PROVIDERS.length === 0) return { sources: [], warnings: [] };
  const rows = await readStates(context);
  const states = PROVIDERS.map(({ name }) => ({ name, state: stateOf(context, rows.get(name)) }));
  const late = states.flatMap(({ name, state }) => (state === 'FRESH' ? [] : [`${name} ${told[state]}`]));
  return {
    sources: PROVIDERS.map(({ name }) => sourceOf(name, rows.get(name))),
    warnings: late.length === 0 ? [] : [{ code: 'SOURCE_STALE', count: late.length, message: `Premium licences may be out of date: ${late.join('; ')}.` }],
  };
}

/** Complete is a mirror that was filled and left no answer aside since everything was last read. */
function sourceOf(name: string, row: Row | undefined): ReportSource {
  const fetchedAt = instantOrNull(row?.['last_success_at']);
  return { name, fetchedAt, complete: fetchedAt !== null && row !== undefined && number(row, 'unusable_count') === 0, rolledUpThrough: null };
}
