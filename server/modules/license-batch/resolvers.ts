import type { BulkPreviewResolvers, BulkRowResolvers, LastChangeResolvers, MutationResolvers, QueryResolvers } from '../../graphql.generated.js';
import { changesOf } from '../audit/fields.js';
import { accountName } from '../audit/labels.js';
import { LICENSE } from '../license/entity.js';
import { licenseSubject } from '../license/service.js';
import { applyBulk, previewBulk } from './bulk/bulk.js';
import { moneyEffect } from './bulk/money.js';
import { changeLicenses } from './changes.js';

export const batchQueries = {
  bulkPreview: (_, { input }, context) => previewBulk(context, input),
} satisfies QueryResolvers;

export const batchMutations = {
  applyBulk: (_, { input, token }, context) => applyBulk(context, input, token),
  changeLicenses: (_, { changes }, context) => changeLicenses(context, changes),
} satisfies MutationResolvers;

export const BulkPreview: BulkPreviewResolvers = {
  rows: ({ planned }) => planned,
  affected: ({ planned }) => planned.filter(({ write }) => write !== null).length,
  skipped: ({ planned }) => planned.filter(({ write }) => write === null).length,
  money: ({ planned }, _, context) => moneyEffect(context, planned),
};

export const BulkRow: BulkRowResolvers = {
  license: ({ row }) => row,
  changes: ({ write }) => {
    if (write?.values == null) return [];
    const before = write.before && licenseSubject.columns(write.before);
    return changesOf({ entity: LICENSE, before, after: { id: before?.['id'] ?? null, ...write.values } });
  },
};

export const LastChange: LastChangeResolvers = {
  byName: ({ accountId }, _, context) => accountName(context, accountId),
};
