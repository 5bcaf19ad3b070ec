import { raw, type Sql } from 'sql-template-tag';
import { instantOrNull, number, numberOrNull, text, textOrNull } from '../../db/decode.js';
import type { Row } from '../../db/dialect/dialect.js';
import type { AuditAction, AuditChannel } from '../../graphql.generated.js';

/** The columns of a thing at one moment, as they were recorded. */
export type RecordedState = Readonly<Record<string, unknown>>;

/** A change as read from the log. */
export interface AuditEntryRow {
  id: number;
  at: string;
  accountId: number | null;
  by: string | null;
  requestId: string;
  action: AuditAction;
  entity: string;
  entityId: string;
  /** Null: the thing did not exist. */
  before: RecordedState | null;
  /** Null: the thing is gone. */
  after: RecordedState | null;
  via: AuditChannel;
  importId: number | null;
  /** The token that the change came with, as it was called then; null: a session, or Seatwise itself. */
  token: string | null;
  tokenId: number | null;
}

/** Through what the change of alias `a` came; entries from before that was recorded came through the API or Seatwise itself. */
export function channelOfEntry(alias: string): Sql {
  return raw(`coalesce(${alias}.via, case when ${alias}.account_email is null then 'SYSTEM' else 'API' end)`);
}

/** Columns of entries called `x`. */
export const entryColumns: Sql = raw(`x.id as id, x.at as at, x.account_id as account_id, x.account_email as account_email, x.request_id as request_id,
  x.action as action, x.entity as entity, x.entity_id as entity_id, x.before_json as before_json, x.after_json as after_json,
  ${channelOfEntry('x').sql} as via, x.import_id as import_id,
  x.token_id as token_id, x.token_name as token_name`);

export function decodeEntry(row: Row): AuditEntryRow {
  return {
    id: number(row, 'id'),
    at: instantOrNull(row['at']) ?? '',
    accountId: numberOrNull(row, 'account_id'),
    by: textOrNull(row, 'account_email'),
    requestId: text(row, 'request_id'),
    action: text(row, 'action').toUpperCase() as AuditAction,
    entity: text(row, 'entity'),
    entityId: text(row, 'entity_id'),
    before: stateOf(row, 'before_json'),
    after: stateOf(row, 'after_json'),
    via: text(row, 'via') as AuditChannel,
    importId: numberOrNull(row, 'import_id'),
    token: textOrNull(row, 'token_name'),
    tokenId: numberOrNull(row, 'token_id'),
  };
}

function stateOf(row: Row, column: string): RecordedState | null {
  const json = textOrNull(row, column);
  return json === null ? null : (JSON.parse(json) as RecordedState);
}
