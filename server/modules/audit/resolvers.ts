import type { AuditEntryResolvers, AuditFieldChangeResolvers, QueryResolvers } from '../../graphql.generated.js';
import { changesOf } from './fields.js';
import { accountName, entryLabel, referenceLabel } from './labels.js';
import { loadRestorable } from './restorable.js';
import { auditPage } from './store.js';

export const auditQueries = {
  auditLog: (_, args, context) => auditPage(context, args),
} satisfies QueryResolvers;

export const AuditEntry: AuditEntryResolvers = {
  byName: ({ accountId }, _, context) => accountName(context, accountId),
  label: (entry, _, context) => entryLabel(context, entry),
  changes: (entry) => changesOf(entry),
  restorable: (entry, _, context) => loadRestorable(context, entry),
};

export const AuditFieldChange: AuditFieldChangeResolvers = {
  beforeLabel: ({ refersTo, before }, _, context) => referenceLabel(context, refersTo, before),
  afterLabel: ({ refersTo, after }, _, context) => referenceLabel(context, refersTo, after),
};
