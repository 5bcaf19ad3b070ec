import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getNamedType, isLeafType, isObjectType, isUnionType, type GraphQLObjectType, type GraphQLOutputType } from 'graphql';
import { createSchema } from '../../server/schema.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { catalogRows } from '../support/catalog-rows.js';
import { onEachDatabase } from '../support/databases.js';
import { isRequired } from '../support/schema-calls.js';
import { unifiedRows } from '../support/unified-rows.js';

const schema = createSchema();

/** A list selects only the columns of the fields that are asked for; a row that is read by its id has them all. */
onEachDatabase('fields of lists', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: catalogRows });
  });
  afterAll(() => app.stop());

  const ask = (query: string) => answerOf(app, query);

  /** As `expectSameAlone` has them. */
  const lists: Record<string, { type: string; rowsOf: (field: string) => Promise<any[]>; whole: (fields: string) => Promise<any[]> }> = {
    licences: {
      type: 'License',
      rowsOf: async (field) => (await ask(`{ licenses(first: 500) { nodes { id ${field} } } }`)).licenses.nodes,
      whole: async (fields) => Object.values(await ask(`{ ${catalogRows.license?.map(({ id }) => `l${id}: license(id: ${id}) { ${fields} }`).join(' ')} }`)),
    },
    'licences of companies': {
      type: 'License',
      rowsOf: async (field) => (await ask(`{ companies { nodes { licenses { nodes { id ${field} } } } } }`)).companies.nodes.flatMap(({ licenses }: any) => licenses.nodes),
      whole: async (fields) => Object.values(await ask(`{ ${catalogRows.license?.filter((row) => row['company_id'] != null).map(({ id }) => `l${id}: license(id: ${id}) { ${fields} }`).join(' ')} }`)),
    },
    companies: {
      type: 'Company',
      rowsOf: async (field) => (await ask(`{ companies { nodes { id ${field} } } }`)).companies.nodes,
      whole: (fields) => companiesWhole(fields),
    },
    'companies of licences': {
      type: 'Company',
      rowsOf: async (field) => different((await ask(`{ licenses { nodes { company { id ${field} } } } }`)).licenses.nodes.map(({ company }: any) => company)),
      whole: (fields) => companiesWhole(fields),
    },
    'owners of licences': {
      type: 'Company',
      rowsOf: async (field) => different((await ask(`{ licenses { nodes { owner { ... on Company { id ${field} } } } } }`)).licenses.nodes.map(({ owner }: any) => owner)),
      whole: (fields) => companiesWhole(fields),
    },
    users: {
      type: 'User',
      rowsOf: async (field) => (await ask(`{ companies { nodes { users { nodes { id ${field} } } } } }`)).companies.nodes.flatMap(({ users }: any) => users.nodes),
      // Users are read by lists alone: asked for all fields, every column is selected.
      whole: async (fields) => (await ask(`{ companies { nodes { users { nodes { ${fields} } } } } }`)).companies.nodes.flatMap(({ users }: any) => users.nodes),
    },
  };

  const companiesWhole = async (fields: string) => Object.values(await ask(`{ ${catalogRows.company?.map(({ id }) => `c${id}: company(id: ${id}) { ${fields} }`).join(' ')} }`));

  it.each(Object.keys(lists))('say of %s what the whole row says, each asked for alone', async (name) => {
    const { type, rowsOf, whole } = lists[name] as (typeof lists)[string];
    await expectSameAlone(type, rowsOf, whole);
  });

  it('are those of every place where a fragment stands, and of whatever is asked for beside it', async () => {
    const { a, b } = await ask(`{ b: company(id: 1) { ...F } a: company(id: 2) { ...F licenses(first: 1) { nodes { seats } } } }
      fragment F on Company { licenses(first: 1) { nodes { id } } }`);
    expect([a.licenses.nodes, b.licenses.nodes]).toEqual([[{ id: '2', seats: 5 }], [{ id: '1' }]]);
    const query = `query($more: Boolean!) { company(id: 2) { licenses(first: 1) { nodes { id } } licenses(first: 1) @include(if: $more) { nodes { seats } } } }`;
    for (const more of [false, true, false]) {
      const data = await answerOf(app, query, { more });
      expect(data.company.licenses.nodes).toEqual([more ? { id: '2', seats: 5 } : { id: '2' }]);
    }
  });

  it('select no column that nobody asked for', async () => {
    await app.tokenOf('admin');
    const statements = await app.statementsOf(() => ask('{ licenses { nodes { seats company { name } } } }'));
    expect(statements).toHaveLength(1);
    expect(statements[0]).toContain('as seats');
    expect(statements[0]).toContain('as c_name');
    for (const column of ['total_cost', 'unit_cost', 'currency', 'status', 'start_date', 'c_active']) expect(statements[0]).not.toContain(column);
  });
});

onEachDatabase('fields of licences of all sources', (kind) => {
  it('say what the whole row says, each asked for alone', async () => {
    const app = await startTestApp(kind, { rows: unifiedRows });
    const ask = (query: string) => answerOf(app, query);
    try {
      const listed = async (field: string) => (await ask(`{ unifiedLicenses(asOf: "2026-06-15", first: 500) { nodes { id ${field} } } }`)).unifiedLicenses.nodes;
      const ids = (await listed('')).map(({ id }: any) => id);
      expect(ids).toHaveLength(13);
      await expectSameAlone('UnifiedLicense', listed, async (fields) =>
        Object.values(await ask(`{ ${ids.map((id: string, at: number) => `l${at}: unifiedLicense(id: "${id}", asOf: "2026-06-15") { ${fields} }`).join(' ')} }`)));
    } finally {
      await app.stop();
    }
  });
});

async function answerOf(app: TestApp, query: string, variables?: Record<string, unknown>) {
  const { data, errors } = await app.ask('admin', query, variables);
  expect(errors).toBeUndefined();
  return data;
}

/** `rowsOf`: every row `{ id, field }` of a list, the field being the only one asked for beside the id; `whole`: the rows with all fields. */
async function expectSameAlone(type: string, rowsOf: (field: string) => Promise<any[]>, whole: (fields: string) => Promise<any[]>): Promise<void> {
  const fields = fieldsOf(type);
  expect(fields.length).toBeGreaterThan(6);
  const rows = byId(await whole(fields.join(' ')));
  for (const field of fields) {
    const [fieldName = ''] = field.split(/[ ({]/);
    for (const { id, ...alone } of await rowsOf(field)) expect({ id, ...alone }).toEqual({ id, [fieldName]: rows.get(id)[fieldName] });
  }
}

const byId = (rows: any[]) => new Map(rows.map((row) => [row.id, row]));
const different = (rows: any[]) => [...byId(rows.filter((row) => row?.id !== undefined)).values()];

/** Every field of a type that needs no argument, with the plain fields below it. */
function fieldsOf(name: string): string[] {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no type of objects.`);
  return Object.values(type.getFields()).filter(({ args }) => !args.some(isRequired)).map((field) => `${field.name}${below(field.type)}`);
}

function below(output: GraphQLOutputType): string {
  const type = getNamedType(output);
  if (isLeafType(type)) return '';
  if (isUnionType(type)) return ` { __typename ${type.getTypes().map((member) => `... on ${member.name} { ${plain(member)} }`).join(' ')} }`;
  return isObjectType(type) ? ` { ${plain(type)} }` : ' { __typename }';
}

function plain(type: GraphQLObjectType): string {
  return ['__typename', ...Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)) && field.args.length === 0).map(({ name }) => name)].join(' ');
}
