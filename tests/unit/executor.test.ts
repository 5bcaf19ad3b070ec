import { describe, expect, it } from '@jest/globals';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { execute, GraphQLError, parse, validate, type DocumentNode, type ExecutionResult } from 'graphql';
import type { Context } from '../../server/context.js';
import { coercedVariables, createExecutor } from '../../server/graphql/executor.js';

const typeDefs = /* GraphQL */ `
  directive @note(text: String) on FIELD_DEFINITION
  scalar Day
  enum Colour { RED GREEN }
  interface Named { name: String! }
  type Cat implements Named { id: ID! name: String! lives: Int friend: Pet friends: [Pet!]! mood(at: Day): String }
  type Dog implements Named { id: ID! name: String! barks: Boolean friend: Pet tag(prefix: String = "dog"): String }
  union Pet = Cat | Dog
  input Size { min: Int = 1 max: Int }
  input Wish { and: [Wish!] or: [Wish!] not: Wish name: String size: Size colours: [Colour!] day: Day ids: [ID!] required: Int! = 7 }
  type Query {
    cat(id: ID = "1"): Cat
    pets(first: Int! = 10, wish: Wish): [Pet!]!
    sparse: [Cat]
    named: [Named!]!
    echo(wish: Wish, text: String = "default", number: Int, float: Float, flag: Boolean, colour: Colour = RED, list: [Int], day: Day): String
    fails: String
    failsHard: String!
    failsTyped: String
    nothing: String!
    late: String
    matrix: [[Int]]
    tree: Tree!
  }
  type Tree { value: Int! child: Tree broken: Int! maybe: Int siblings: [Tree!] }
  type Mutation { add(n: Int!): Int! addLate(n: Int!): Int! addFails(n: Int!): Int }
`;

const cats = ['Ada', 'Bea', 'Cleo'].map((name, index) => ({ kind: 'Cat', id: String(index + 1), name, lives: index === 1 ? null : 9 - index }));
const dogs = ['Rex', 'Sam'].map((name, index) => ({ kind: 'Dog', id: String(index + 7), name, barks: index === 0 }));
/** The order in which arguments are filled in is nobody's business. */
const sorted = (value: unknown): unknown => value === null || typeof value !== 'object' ? value : Array.isArray(value) ? value.map(sorted)
  : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), 2));

function schemaWith(log: number[]) {
  const day = { serialize: (value: unknown) => `day ${String(value)}` };
  const schema = makeExecutableSchema({
    typeDefs,
    resolvers: {
      Query: {
        cat: (_: unknown, { id }: { id: string }) => cats.find((cat) => cat.id === id) ?? null,
        pets: (_: unknown, { first, wish }: { first: number; wish?: { name?: string } }) =>
          later([...cats, ...dogs].filter(({ name }) => wish?.name === undefined || name === wish.name).slice(0, first)),
        sparse: () => [cats[0], null, later(cats[2]), new Error('a hole')],
        named: () => [cats[0], dogs[0]],
        echo: (_: unknown, args: object) => JSON.stringify(sorted(args)),
        fails: () => { throw new Error('plain'); },
        failsHard: () => Promise.reject(new Error('hard')),
        failsTyped: () => { throw new GraphQLError('typed', { extensions: { code: 'BAD_USER_INPUT', field: 'x' } }); },
        nothing: () => null,
        late: () => later('late'),
        matrix: () => [[1, 2], null, [3, null]],
        tree: () => ({ value: 1 }),
      },
      Tree: {
        child: ({ value }: { value: number }) => (value < 4 ? later({ value: value + 1 }) : null),
        broken: ({ value }: { value: number }) => { throw new Error(`broken ${value}`); },
        siblings: ({ value }: { value: number }) => [{ value: value * 10 }, { value: value * 10 + 1 }],
      },
      Cat: {
        friend: ({ id }: { id: string }) => (id === '1' ? dogs[0] : later(null)),
        friends: ({ id }: { id: string }) => (id === '3' ? null : [dogs[0], later(cats[1])]),
        mood: (_: unknown, { at }: { at?: string }) => `mood at ${String(at)}`,
      },
      Dog: { friend: () => later(cats[0]), tag: ({ id }: { id: string }, { prefix }: { prefix: string | null }) => `${String(prefix)}-${id}` },
      Pet: { __resolveType: ({ kind }: { kind: string }) => kind },
      Named: { __resolveType: ({ kind }: { kind: string }) => kind },
      Mutation: {
        add: (_: unknown, { n }: { n: number }) => log.push(n),
        addLate: async (_: unknown, { n }: { n: number }) => { await later(null); return log.push(n); },
        addFails: (_: unknown, { n }: { n: number }) => { log.push(n); throw new Error(`no ${n}`); },
      },
    },
  });
  Object.assign(schema.getType('Day') as object, day);
  return schema;
}

type Case = [title: string, query: string, variables?: Record<string, unknown>];
/** jest hands a callback to a test that has more parameters than its row has values. */
const complete = (cases: Case[]) => cases.map(([title, query, variables = {}]) => [title, query, variables] as const);

const queries: Case[] = [
  ['fields and aliases', '{ a: cat { name n2: name lives } b: cat(id: "2") { id lives } c: cat(id: "9") { id } __typename }'],
  ['unions and type names', '{ pets { __typename ... on Cat { lives } ... on Dog { barks tag t2: tag(prefix: null) t3: tag(prefix: "x") } } }'],
  ['interfaces', '{ named { name __typename ... on Cat { id lives } ... on Dog { barks } } }'],
  ['fragments, nested and reused', `query { cat { ...A } pets(first: 2) { ... on Cat { ...A friends { ...P } } } } fragment A on Cat { id ...B friend { ...P } } fragment B on Cat { name lives }
    fragment P on Pet { ... on Dog { name friend { ... on Cat { id } } } ... on Cat { name } }`],
  ['fields met twice are merged', '{ cat { friend { ... on Dog { name } } } cat { friend { ... on Dog { barks friend { ... on Cat { id } } } } id } }'],
  ['lists with holes', '{ sparse { id name } matrix }'],
  ['an error in a nullable field', '{ fails late cat { name } }'],
  ['an error with a code', '{ failsTyped late }'],
  ['an error in a required field empties the answer', '{ failsHard late }'],
  ['null in a required field', '{ nothing late }'],
  ['errors deep down empty the nearest nullable parent', '{ tree { value child { value child { broken value } maybe } } }'],
  ['errors in lists', '{ tree { siblings { value broken } child { siblings { value } } } }'],
  ['null in a list of required members', '{ pets(first: 3) { ... on Cat { id friends { __typename } } } }'],
  ['arguments: literals and defaults', '{ a: echo b: echo(text: null, number: 3, float: 2, flag: false, colour: GREEN, list: [1, null, 2], day: "x") c: echo(list: 4) d: echo(wish: { name: "x" }) e: echo(wish: { size: {}, and: [{ not: { ids: [1, "b"] } }] }) }'],
  ...[true, false].flatMap((yes): Case[] => [
    [`@skip and @include ${yes}`, 'query($yes: Boolean!) { a: cat { id @skip(if: $yes) name @include(if: $yes) lives } late @skip(if: $yes) fails @include(if: $yes) }', { yes }],
    [`@skip and @include on fragments ${yes}`, `query($yes: Boolean!) { cat { ...F @include(if: $yes) ... on Cat @skip(if: $yes) { lives } ... @include(if: $yes) { friend { __typename } } } } fragment F on Cat { id name @skip(if: $yes) }`, { yes }],
    [`one field in and out of a condition ${yes}`, 'query($yes: Boolean!) { cat { name ... @include(if: $yes) { name lives } ... @skip(if: $yes) { id } friend @include(if: $yes) { ... on Dog { name } } friend { ... on Dog { barks } } } }', { yes }],
    [`merged through parents and fragments ${yes}`, 'query($yes: Boolean!) { cat { friend { ... on Dog { name } } } cat { ...F @skip(if: $yes) id } } fragment F on Cat { friend { ... on Dog { barks } } }', { yes }],
    [`both conditions at once ${yes}`, 'query($yes: Boolean!, $no: Boolean = true) { cat { id @skip(if: $yes) @include(if: $no) name @include(if: $no) @skip(if: $no) lives } }', { yes }],
  ]),
  ['a condition by default', 'query($yes: Boolean = false) { cat { id name @include(if: $yes) } }'],
  ['a condition against its default', 'query($yes: Boolean = false) { cat { id name @include(if: $yes) } }', { yes: true }],
  ['variables given', 'query($t: String, $n: Int, $f: Float, $b: Boolean, $c: Colour, $l: [Int], $d: Day) { echo(text: $t, number: $n, float: $f, flag: $b, colour: $c, list: $l, day: $d) }', { t: 'x', n: 2, f: 1, b: false, c: 'GREEN', l: [1, null], d: 'y' }],
  ['variables null', 'query($t: String, $n: Int, $c: Colour, $l: [Int]) { echo(text: $t, number: $n, colour: $c, list: $l) }', { t: null, n: null, c: null, l: null }],
  ['variables absent leave the defaults of arguments', 'query($t: String, $n: Int, $c: Colour) { echo(text: $t, number: $n, colour: $c) }', {}],
  ['variables with defaults', 'query($t: String = "mine", $n: Int = 5, $w: Wish = { name: "d", size: { max: 3 } }, $f: Int! = 2) { echo(text: $t, number: $n, wish: $w) pets(first: $f) { __typename } }', {}],
  ['variables against their defaults', 'query($t: String = "mine", $w: Wish = { name: "d" }) { echo(text: $t, wish: $w) }', { t: null, w: { name: null, size: null } }],
  ['input objects that contain themselves', 'query($w: Wish) { echo(wish: $w) pets(wish: $w) { ... on Cat { name } ... on Dog { name } } }', { w: { name: 'Ada', and: [{ not: { size: { min: 3 } } }, { or: [] }], colours: ['RED', 'GREEN'], day: 'z', ids: ['1', 2] } }],
  ['a single value for a list', 'query($l: [Int], $w: Wish) { echo(list: $l, wish: $w) }', { l: 3, w: { and: { name: 'x' }, ids: 4, colours: 'RED' } }],
  ['variables inside literals', 'query($n: String, $m: Int, $l: Int) { a: echo(wish: { name: $n, size: { max: $m } }) b: echo(list: [1, $l]) }', { n: 'x' }],
  ['lists of input objects', 'query($w: [Wish!]) { echo(wish: { or: $w }) }', { w: [{ name: 'a' }, { required: 1 }] }],
  ['custom scalars on the way out', '{ cat { mood(at: "monday") m: mood } }'],
  ['introspection', '{ __type(name: "Wish") { name inputFields { name defaultValue type { kind ofType { name } } } } __schema { queryType { name } directives { name } } }'],
];

const wrongVariables: Case[] = [
  ['a missing one', 'query($f: Int!) { pets(first: $f) { __typename } }', {}],
  ['null for a required one', 'query($f: Int!) { pets(first: $f) { __typename } }', { f: null }],
  ['a text for a number', 'query($f: Int!) { pets(first: $f) { __typename } }', { f: 'x' }],
  ['a number beyond 32 bits', 'query($f: Int!) { pets(first: $f) { __typename } }', { f: 2 ** 31 }],
  ['an unknown member', 'query($w: Wish) { echo(wish: $w) }', { w: { nope: 1 } }],
  ['an unknown colour deep inside', 'query($w: Wish) { echo(wish: $w) }', { w: { and: [{ colours: ['BLUE'] }] } }],
  ['null for a required member', 'query($w: Wish) { echo(wish: $w) }', { w: { required: null } }],
  ['a list for an object', 'query($w: Wish) { echo(wish: $w) }', { w: [] }],
];

/** What a client sees of an answer, errors in an order of their own. */
function visible({ data, errors }: ExecutionResult) {
  const shown = errors?.map(({ message, path }) => ({ message, path: path ?? null }));
  return JSON.parse(JSON.stringify({ data: data === undefined ? 'absent' : data, errors: shown?.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) ?? [] }));
}

describe('the compiled executor', () => {
  const schema = schemaWith([]);
  const execution = createExecutor(schema);
  const context = {} as Context;

  /** As the server does it: variables first, then the operation. */
  async function run(operation: { document: DocumentNode; operationName: string | null; variables: Record<string, unknown> }): Promise<ExecutionResult> {
    const variables = coercedVariables(schema, operation);
    return variables.errors === undefined ? execution({ ...operation, variables: variables.coerced, context }) : { errors: variables.errors };
  }

  async function both(query: string, variables: Record<string, unknown> = {}) {
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    const mine = await run({ document, operationName: null, variables });
    // A second time, from what was compiled and kept.
    expect(visible(await run({ document, operationName: null, variables }))).toEqual(visible(mine));
    return { mine, theirs: await execute({ schema, document, variableValues: variables, contextValue: context }) };
  }

  it.each(complete(queries))('answers as graphql-js does: %s', async (_title, query, variables) => {
    const { mine, theirs } = await both(query, variables);
    expect(visible(mine).data).toEqual(visible(theirs).data);
    // Where several errors empty one place, graphql-js tells the first, the compiled code each of them.
    expect(visible(mine).errors).toEqual(expect.arrayContaining(visible(theirs).errors));
    if (!query.includes('siblings')) expect(visible(mine).errors).toEqual(visible(theirs).errors);
  });

  it.each(complete(wrongVariables))('refuses as graphql-js does: %s', async (_title, query, variables) => {
    const { mine, theirs } = await both(query, variables);
    expect(theirs.errors).toHaveLength(1);
    expect(mine.data ?? null).toBeNull();
    expect(mine.errors).toHaveLength(1);
    expect(mine.errors?.[0]?.message).toContain(/Variable "\$\w+"/.exec(theirs.errors?.[0]?.message ?? '')?.[0]);
    expect(mine.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('keeps the code of an error that a resolver chose, and the cause of one that it did not', async () => {
    const { mine } = await both('{ failsTyped fails }', {});
    const of = (message: string) => mine.errors?.find((error) => error.message === message);
    expect(of('typed')?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'x' });
    expect(of('plain')?.extensions).toEqual({});
    expect(of('plain')?.originalError?.message).toBe('plain');
    expect(mine.errors?.every((error) => error instanceof GraphQLError)).toBe(true);
  });

  it('runs the operation that is named', async () => {
    const document = parse('query One { cat { id } } query Two($x: Int) { echo(number: $x) } query Three { late }');
    const answer = async (operationName: string, variables = {}) => (await run({ document, operationName, variables })).data;
    expect([await answer('One'), await answer('Two', { x: 4 }), await answer('Three'), await answer('One')]).toEqual([
      { cat: { id: '1' } }, { echo: '{"colour":"RED","number":4,"text":"default"}' }, { late: 'late' }, { cat: { id: '1' } },
    ]);
  });

  it('does not mix up the variables of requests that share a document', async () => {
    const document = parse('query($w: Wish, $yes: Boolean!) { echo(wish: $w) cat { name @include(if: $yes) id @skip(if: $yes) } }');
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) =>
      run({ document, operationName: null, variables: { w: { name: `n${index}` }, yes: index % 2 === 0 } })));
    answers.forEach(({ data }, index) => {
      expect(data).toMatchObject({ cat: index % 2 === 0 ? { name: 'Ada' } : { id: '1' } });
      expect(JSON.parse(String(data?.['echo']))).toMatchObject({ wish: { name: `n${index}`, required: 7 } });
    });
  });

  it('changes one after the other, in the order written', async () => {
    const query = 'mutation { a: addLate(n: 1) b: add(n: 2) x: addFails(n: 3) c: addLate(n: 4) d: add(n: 5) }';
    const mine: number[] = [];
    const theirs: number[] = [];
    const answer = await createExecutor(schemaWith(mine))({ document: parse(query), operationName: null, variables: {}, context });
    const reference = await execute({ schema: schemaWith(theirs), document: parse(query) });
    expect(mine).toEqual([1, 2, 3, 4, 5]);
    expect(theirs).toEqual(mine);
    expect(answer.data).toEqual({ a: 1, b: 2, x: null, c: 4, d: 5 });
    expect(visible(answer)).toEqual(visible(reference));
  });

  it('is ready at once for filters that contain themselves', async () => {
    const started = performance.now();
    for (let index = 0; index < 5; index += 1) {
      const document = parse(`query($w: Wish) { a${index}: echo(wish: $w) b: echo(wish: { or: [] }) c: pets { __typename } }`);
      await run({ document, operationName: null, variables: { w: {} } });
    }
    // The compiler once ran until its stack was full: seconds for each document.
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
