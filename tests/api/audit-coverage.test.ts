import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSchema } from '../../server/schema.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog, type AuditEntry } from '../support/audit.js';
import { adminOf } from '../support/audited/call.js';
import { auditedEnvironment, auditedMutations, unaudited } from '../support/audited/index.js';
import { eventually } from '../support/eventually.js';
import { onEachDatabase } from '../support/databases.js';

const mutations = Object.keys(createSchema().getMutationType()?.getFields() ?? {});
const audited = mutations.filter((name) => !(name in unaudited));

it('knows a call for every mutation of the schema that changes something, and no other', () => {
  expect(Object.keys(auditedMutations).sort()).toEqual(audited.sort());
  expect(Object.keys(unaudited).filter((name) => !mutations.includes(name))).toEqual([]);
});

onEachDatabase('the audit log', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      environment: { ...auditedEnvironment },
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }], company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }], product: [{ id: 1, code: 'SUB', label: 'Sub' }],
      },
    });
  });
  afterAll(() => app.stop());

  it.each(audited)('has an entry of %s', async (name) => {
    const call = auditedMutations[name];
    if (call === undefined) throw new Error(`tests/support/audited has no call of ${name}`);
    expect(call.query).toContain(`result: ${name}`);
    const admin = adminOf(app);
    const variables = await call.prepare?.(admin, app);
    const before = (await auditLog(app)).length;
    await admin(call.query, variables);
    // Work that goes on after the answer leaves its entry when it is done.
    await eventually(async () => {
      const entries: AuditEntry[] = (await auditLog(app)).slice(before);
      expect(entries.map(({ entity, account }) => [entity, account])).toContainEqual([call.entity, 'admin@example.com']);
    });
  });

  it('shows every entry through the API', async () => {
    const { data, errors } = await app.ask('admin', '{ auditLog(first: 500) { totalCount nodes { id entity label byName via restorable changes { field before after beforeLabel afterLabel } } } }');
    expect(errors).toBeUndefined();
    expect(data.auditLog.nodes.length).toBe((await auditLog(app)).length);
    expect(JSON.stringify(data)).not.toMatch(/password|\$argon|eyJ/i);
  });
});

/** What would change or remove entries: methods of the entity manager, and SQL. */
const writes = [
  /\.(?:update|delete|remove|save|upsert|clear|increment|decrement|soft\w+|recover)\s*(?:<[^()]*>)?\(\s*(?:AuditEntity|['"`]AuditEntry)/,
  /\b(?:update|delete\s+from|delete|truncate(?:\s+table)?|replace\s+into)\s+[^;`]{0,40}(?:sw_audit_log|table\(\s*'audit')/i,
];

/** The files that may name the table or its entity at all. */
const named: Record<string, string[]> = {
  sw_audit_log: ['db/migrations/10000-api-tokens.ts', 'db/migrations/3000-audit-log.ts', 'db/migrations/7000-audit-channels.ts', 'db/tables.ts', 'modules/audit/entity.ts'],
  AuditEntity: ['db/entities.ts', 'modules/audit/entity.ts', 'modules/audit/service.ts'],
};

describe('entries are added, never changed or removed', () => {
  const sources = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !path.endsWith('.generated.ts'))
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join('server', path), 'utf8') }));

  it.each(Object.entries(named))('%s is named in few files', (name, files) => {
    expect(sources.filter(({ text }) => text.includes(name)).map(({ path }) => path).sort()).toEqual(files);
  });

  it('no source writes to the log but by adding', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap(({ path, text }) => writes.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern.source}`))).toEqual([]);
    const service = sources.find(({ path }) => path === 'modules/audit/service.ts')?.text ?? '';
    expect([...service.matchAll(/(\w+)\(AuditEntity/g)].map(([, method]) => method)).toEqual(['insert']);
    // The door for many rows at once: nobody else asks for the log there, and what is done with it is an insert.
    const doors = sources.flatMap(({ path, text }) => [...text.matchAll(/(\w+)\([^()]*\.writable\(\s*'audit'/g)].map(([, method]) => `${path}: ${method}`));
    expect(doors).toEqual(['modules/audit/many.ts: insertRows']);
    expect(sources.filter(({ text }) => /writable\(\s*['"`]audit/.test(text)).map(({ path }) => path)).toEqual(['modules/audit/many.ts']);
  });

  it.each([
    'tx.manager.update(AuditEntity, { id }, values)', "manager.delete<{ id: number }>('AuditEntry', { id })", 'sql`update ${db.table(\'audit\', \'a\')} set a.via = 1`',
    'sql`delete from ${tx.table(\'audit\', \'a\')} where 1`', 'query("truncate table sw_audit_log")', 'manager.save(AuditEntity, entry)',
  ])('the search finds %s', (line) => {
    expect(writes.some((pattern) => pattern.test(line))).toBe(true);
  });
});
