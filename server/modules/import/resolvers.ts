import sql, { raw } from 'sql-template-tag';
import type { Context } from '../../context.js';
import { number, text, textOrNull } from '../../db/decode.js';
import { parseId } from '../../db/filter.js';
import { readPage, type Page } from '../../db/page.js';
import type {
  ImportCheckErrorsArgs, ImportCheckResolvers, ImportError, ImportErrorCode, ImportJobResolvers, MutationResolvers, QueryResolvers,
} from '../../graphql.generated.js';
import { moneyFromMinor } from '../../reports/shapes/money.js';
import { fieldsOf, missingFields } from './fields/index.js';
import type { CheckResult } from './job.js';
import { jobPage, readJob } from './job-store.js';
import { readMappings } from './mapping-store.js';
import * as service from './service.js';

/** What a check found, with the import that it belongs to. */
export interface CheckModel extends CheckResult {
  jobId: number;
}

export type ImportJobPage = Awaited<ReturnType<typeof jobPage>>;
export type ImportErrorPage = Page<ImportError>;

export const importQueries = {
  imports: (_, args, { imports }) => jobPage(imports.own, args),
  importJob: (_, { id }, { imports }) => readJob(imports.own, parseId(id, 'id')),
  importFields: (_, { subject }) => fieldsOf(subject).map((field) => ({ ...field, aliases: [...field.aliases] })),
  importMappings: (_, { subject }, { imports }) => readMappings(imports.own, subject),
} satisfies QueryResolvers;

export const importMutations = {
  configureImport: (_, { id, input }, context) => service.configureImport(context, parseId(id, 'id'), input),
  checkImport: (_, { id }, context) => service.checkImport(context, parseId(id, 'id')),
  commitImport: (_, { id }, context) => service.commitImport(context, parseId(id, 'id')),
  cancelImport: (_, { id }, context) => service.cancelImport(context, parseId(id, 'id')),
  undoImport: (_, { id }, context) => service.undoImport(context, parseId(id, 'id')),
  replaceImportValue: (_, { id, input }, context) => service.replaceImportValue(context, parseId(id, 'id'), input),
  saveImportMapping: (_, { name, importId }, context) => service.saveMapping(context, name, parseId(importId, 'importId')),
  deleteImportMapping: async (_, { id }, context) => {
    const userErrors = await service.dropMapping(context, parseId(id, 'id'));
    return { deletedId: userErrors.length === 0 ? id : null, userErrors };
  },
} satisfies MutationResolvers;

export const ImportJob: ImportJobResolvers = {
  createdBy: ({ accountEmail }) => accountEmail,
  createMissingCompanies: ({ createMissing }) => createMissing,
  missingFields: ({ subject, columns, reading }) => (reading === null ? [] : missingFields(subject, columns).map((field) => ({ ...field, aliases: [...field.aliases] }))),
  progress: (job, _, { imports }) => imports.progressOf(job),
  check: ({ id, check }) => (check === null ? null : { ...check, jobId: id }),
  undoable: ({ state }) => state === 'COMMITTED',
};

export const ImportCheck: ImportCheckResolvers = {
  money: ({ money }) => money.map(({ currency, before, after }) => ({ currency, before: moneyFromMinor(before, currency), after: moneyFromMinor(after, currency) })),
  errors: ({ jobId }, args, context) => errorPage(context, jobId, args),
};

/** Errors in the order of the file. */
export function errorPage({ imports: { own } }: Pick<Context, 'imports'>, jobId: number, { first, after, column, code }: Partial<ImportCheckErrorsArgs>, maximum?: number): Promise<ImportErrorPage> {
  return readPage({
    db: own, source: own.sharedTable('sw_import_errors', 'e'), alias: 'e',
    where: [
      sql`e.job_id = ${jobId}`, ...(column == null ? [] : [sql`e.column_name = ${column}`]), ...(code == null ? [] : [sql`e.code = ${code}`]),
    ],
    order: { name: 'importError', key: raw('e.id'), direction: 'ASC' },
    first, after, ...(maximum === undefined ? {} : { maximum }), columns: raw('x.*'),
    decode: (row) => ({
      row: number(row, 'file_row'), column: textOrNull(row, 'column_name'), value: textOrNull(row, 'value'), code: text(row, 'code') as ImportErrorCode, message: text(row, 'message'),
    }),
  });
}
