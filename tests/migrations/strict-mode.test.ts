import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { createSchema } from '../../server/schema.js';
import { startTestApp, type Answer, type TestApp } from '../support/app.js';
import { WALK_ENVIRONMENT } from '../support/leaks.js';
import { onOwnMariaDb, startOwnMariaDb, type OwnMariaDb } from '../support/own-mariadb.js';
import { callOf, rootFields, sampleOf } from '../support/schema-calls.js';
import { selectionOf, walkQueries } from '../support/schema-walk.js';
import { everyone, ownIds } from '../support/tenants.js';

const schema = createSchema();
const MODE = ['STRICT_TRANS_TABLES', 'ONLY_FULL_GROUP_BY', 'NO_ZERO_DATE', 'NO_ZERO_IN_DATE', 'ERROR_FOR_DIVISION_BY_ZERO'];

/** The strictest server: every statement that the schema can cause must be one that it takes. */
onOwnMariaDb('a strict database', () => {
  let server: OwnMariaDb;
  let app: TestApp;
  beforeAll(async () => {
    server = await startOwnMariaDb();
    const create = async () => ({ environment: { DATABASE_URL: `${server.url}/seatwise`, APP_LOG_TABLE: 'logs.app_log' }, drop: async () => {} });
    const first = await startTestApp({ name: 'MariaDB', create });
    await first.database.transaction(({ manager }) => manager.query(`set global sql_mode = '${MODE.join()}'`));
    await first.database.transaction(({ manager }) => manager.query('drop database seatwise'));
    await first.database.transaction(({ manager }) => manager.query('drop database logs'));
    await first.stop();
    app = await startTestApp({ name: 'MariaDB', create }, { rows: everyone, environment: { ...WALK_ENVIRONMENT, DATABASE_POOL_SIZE: '2' } });
  }, 120_000);
  afterAll(async () => {
    await app?.stop();
    await server?.stop();
  });

  /** Two connections serve the widest questions: on a busy machine one may wait too long for its turn, which is no refusal. */
  const answered = async (query: string, variables: Record<string, unknown>, tries = 5): Promise<Answer> => {
    const answer = await app.ask('admin', query, variables);
    const isBusy = answer.errors?.every(({ extensions }) => extensions['code'] === 'UNAVAILABLE') ?? false;
    return isBusy && tries > 1 ? answered(query, variables, tries - 1) : answer;
  };

  /** Asked three times over two connections: a server may refuse a prepared statement only when it runs again. */
  const failures = async (query: string, variables: Record<string, unknown> = {}) => {
    const answers = [await answered(query, variables), await answered(query, variables), await answered(query, variables)];
    return answers.flatMap(({ errors = [] }) => errors.map(({ message, path }) => `${path?.join('.')}: ${message}`));
  };

  it('answers tenants, again and again', async () => {
    const query = `{ dashboard { totalUsers activeUsers byStatus { seats } bands { owners } } activeUserStats { total { activeUsers } byOwner { ownerId } }
      utilization { nodes { ownerId } } companies { nodes { utilization { activeUsers } activeUserStats { activeUsers } activityOverTime { activeUsers } } } }`;
    for (const account of ['admin', 'partner1', 'partner2', 'company1']) {
      for (let times = 0; times < 4; times++) expect([account, (await app.ask(account, query)).errors]).toEqual([account, undefined]);
    }
  });

  it('is strict indeed', async () => {
    const [row] = await app.database.transaction(({ manager }) => manager.query<{ mode: string }[]>('select @@sql_mode as mode'));
    expect(row?.mode.split(',')).toEqual(expect.arrayContaining(MODE));
  });

  it('answers everything that can be selected', async () => {
    const deep = ownIds('north');
    for (const { query, variables } of walkQueries(schema, deep)) expect(await failures(query, variables)).toEqual([]);
  }, 300_000);

  const lists = rootFields(schema).filter(({ kind, field }) => kind === 'query' && field.args.some(({ name }) => name === 'orderBy'));
  it.each(lists.map((list) => [list.path, list] as const))('orders %s by everything, page after page', async (_, list) => {
    const order = getNamedType(list.field.args.find(({ name }) => name === 'orderBy')?.type);
    const by = isInputObjectType(order) ? getNamedType(order.getFields()['field']?.type) : undefined;
    for (const { name } of isEnumType(by) ? by.getValues() : []) {
      for (const direction of ['ASC', 'DESC']) {
        const page = (after?: string) => callOf(list, { first: 2, after, orderBy: { field: name, direction } }, 'totalCount pageInfo { endCursor }');
        const { query, variables } = page();
        const { data, errors } = await app.ask('admin', query, variables);
        expect([name, errors]).toEqual([name, undefined]);
        const next = page(data[list.field.name].pageInfo.endCursor);
        expect(await failures(next.query, next.variables)).toEqual([]);
      }
    }
  }, 60_000);

  const filters = rootFields(schema).filter(({ kind, field }) => kind === 'query' && field.args.some(({ name }) => name === 'filter'));
  it.each(filters.map((root) => [root.path, root] as const))('filters %s by everything', async (_, root) => {
    const type = getNamedType(root.field.args.find(({ name }) => name === 'filter')?.type);
    if (!isInputObjectType(type)) throw new Error(`${root.path} has no filter`);
    const answer = getNamedType(root.field.type);
    if (!isObjectType(answer)) throw new Error(`${root.path} answers no object`);
    const selection = 'nodes' in answer.getFields() ? 'totalCount nodes { __typename }' : selectionOf(schema, answer, 3);
    const rounds = type.getFields()['rounds'];
    const inner = rounds === undefined ? type : getNamedType(rounds.type);
    if (!isInputObjectType(inner)) throw new Error(`${root.path} has no filter of rounds`);
    for (const { name, type: given } of Object.values(inner.getFields())) {
      const below = getNamedType(given);
      const operators = isInputObjectType(below) && below !== inner ? Object.values(below.getFields()).map((field) => ({ [field.name]: sampleOf(field.type) })) : [sampleOf(given)];
      for (const value of operators) {
        const condition = 'not' in inner.getFields() ? { [name]: value, not: { [name]: value } } : { [name]: value };
        // An id belongs to one kind of thing.
        if (root.path === 'Query.auditLog' && name === 'entityId') Object.assign(condition, { entities: ['License'] });
        const { query, variables } = callOf(root, { filter: rounds === undefined ? condition : { rounds: condition } }, selection);
        expect([name, await failures(query, variables)]).toEqual([name, []]);
      }
    }
  }, 60_000);
});
