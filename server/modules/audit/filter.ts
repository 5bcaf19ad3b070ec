import sql, { raw, type Sql } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { containsText, isOneOf, parseId } from '../../db/filter.js';
import { badInput } from '../../errors.js';
import type { AuditFilter } from '../../graphql.generated.js';
import { addDays, startOfDay } from '../../reports/shapes/days.js';
import { channelOfEntry } from './entry.js';
import { isRestorable } from './restorable.js';

/** A filter on the log as conditions on alias `a`. */
export function auditConditions({ db, config }: Context, filter: AuditFilter): Sql[] {
  const { entities, entityId, actions, channels, by, from, to, importId, restorable } = filter;
  if (entityId != null && entities?.length !== 1) throw badInput('filter.entityId', 'needs exactly one kind in entities');
  const zone = config.REPORT_TIMEZONE;
  return [
    ...(entities == null ? [] : [isOneOf(raw('a.entity'), entities, 'filter.entities')]),
    ...(entityId == null ? [] : [sql`a.entity_id = ${entityId}`]),
    ...(actions == null ? [] : [isOneOf(raw('a.action'), actions.map((action) => action.toLowerCase()), 'filter.actions')]),
    ...(channels == null ? [] : [isOneOf(channelOfEntry('a'), channels, 'filter.channels')]),
    ...(by == null || by.trim() === '' ? [] : [containsText(raw('a.account_email'), by.trim(), 'filter.by')]),
    ...(from == null ? [] : [sql`a.at >= ${startOfDay(from, zone)}`]),
    ...(to == null ? [] : [sql`a.at < ${startOfDay(addDays(to, 1), zone)}`]),
    ...(importId == null ? [] : [sql`a.import_id = ${parseId(importId, 'filter.importId')}`]),
    ...(restorable == null ? [] : [restorable ? isRestorable(db) : sql`not (${isRestorable(db)})`]),
  ];
}
