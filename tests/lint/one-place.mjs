/** Bans that keep each concern in its one place. Each names the place. */

export const environment = [
  { object: 'process', property: 'env', message: 'The environment is read in server/config.ts only.' },
];

export const clock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is ctx.now, or the asOf argument.' },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'The clock is ctx.now, or the asOf argument.' },
];

const words = /strftime|date_format\(|julianday|pragma_|information_schema|ER_DUP_ENTRY|SQLITE_|\bcollate nocase\b/i.source;

export const dialectWords = [
  { selector: `Literal[value=/${words}/i]`, message: 'What differs between the databases has a name in server/db/dialect.' },
  { selector: `TemplateElement[value.raw=/${words}/i]`, message: 'What differs between the databases has a name in server/db/dialect.' },
];

export const tableDoors = [
  {
    selector: "CallExpression[callee.property.name=/^(getRepository|createQueryBuilder|createQueryRunner)$/]",
    message: 'Tables are reached through ctx.db, which adds the row scope.',
  },
  { selector: "CallExpression[callee.name='tableReference']", message: 'Table names come from ctx.db.table(), which adds the row scope.' },
];

export const serverFromClient = { group: ['**/server/**'], message: 'The client never imports from the server.' };
export const charts = { group: ['echarts', 'echarts/*'], message: 'Only client/charts draws with echarts.' };
export const grid = { group: ['react-data-grid', 'react-data-grid/*'], message: 'Only client/ui/grid uses react-data-grid.' };
