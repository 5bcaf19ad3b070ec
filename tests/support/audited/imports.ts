import type { TestApp } from '../app.js';
import { checked, imported } from '../imports.js';
import type { Admin, AuditedMutation } from './call.js';

const faults = 'userErrors { code message }';
let files = 0;

/** A file of one partner that no other file names. */
const file = () => `name\nImported partner ${(files += 1)}\n`;
const ready = async (_: Admin, app: TestApp) => ({ id: (await checked(app, file(), { subject: 'PARTNERS' })).id });

const onId = (name: string, prepare: NonNullable<AuditedMutation['prepare']> = ready, entity = 'Import'): Record<string, AuditedMutation> => ({
  [name]: { entity, prepare, query: `mutation($id: ID!) { result: ${name}(id: $id) { ${faults} } }` },
});

/** A mapping that was kept under a name of its own. */
async function mapping(admin: Admin, app: TestApp): Promise<{ id: string }> {
  const { id } = await ready(admin, app);
  const saved = await admin('mutation($id: ID!, $name: String!) { result: saveImportMapping(importId: $id, name: $name) { mapping { id } userErrors { message } } }', { id, name: `Mapping ${id}` });
  return saved.mapping;
}

/** Imports: preparing, writing and taking back, and what is kept for the next one. */
export const imports: Record<string, AuditedMutation> = {
  ...onId('checkImport'),
  ...onId('commitImport', ready, 'Partner'),
  ...onId('cancelImport'),
  ...onId('undoImport', async (_, app) => ({ id: (await imported(app, file(), { subject: 'PARTNERS' })).id }), 'Partner'),
  ...onId('deleteImportMapping', mapping, 'ImportMapping'),
  configureImport: { entity: 'Import', prepare: ready, query: `mutation($id: ID!) { result: configureImport(id: $id, input: { createMissingCompanies: true }) { ${faults} } }` },
  replaceImportValue: {
    entity: 'Import', prepare: ready, query: `mutation($id: ID!) { result: replaceImportValue(id: $id, input: { column: "name", value: "a", replacement: "b" }) { ${faults} } }`,
  },
  saveImportMapping: { entity: 'ImportMapping', prepare: ready, query: `mutation($id: ID!) { result: saveImportMapping(importId: $id, name: "Kept") { ${faults} } }` },
};
