import { describe, expect, it } from '@jest/globals';
import { getOperationAST, getVariableValues, parse, typeFromAST, type OperationDefinitionNode } from 'graphql';
import { readConfig } from '../../server/config.js';
import type { Limits } from '../../server/graphql/limits-by-role.js';
import { costEstimate } from '../../server/graphql/limits-cost.js';
import { Measures } from '../../server/graphql/limits-measure.js';
import { persistedDocuments } from '../../server/persisted.generated.js';
import { createSchema } from '../../server/schema.js';
import { sampleOf } from '../support/schema-calls.js';

const schema = createSchema();
const costOf = costEstimate(schema);
const measures = new Measures();
const limits = readConfig({}).limits;
/** The longest page that there is. */
const FIRST = 500;

/** Variables that ask for as much as they can: every optional part, the longest page. */
function greedy({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(variableDefinitions.map(({ variable, type: node }) => {
    const type = typeFromAST(schema, node as never) as Parameters<typeof sampleOf>[0];
    const name = variable.name.value;
    return [name, String(type).startsWith('Boolean') ? true : name === 'first' ? FIRST : String(type).endsWith('!') ? sampleOf(type) : null];
  }));
}

/** What an operation of our own client comes to at most. */
function figuresOf(text: string): Pick<Limits, 'depth' | 'aliases' | 'fields' | 'tokens' | 'cost'> {
  const document = parse(text);
  const operation = getOperationAST(document);
  const figures = measures.of(text, limits.ADMIN.tokens);
  if (operation == null || figures === null) throw new Error(`Not one operation: ${text}`);
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], greedy(operation));
  if (errors !== undefined) throw new Error(errors[0]?.message);
  return { ...figures, cost: costOf(document, coerced, undefined) };
}

/** Pages in a browser are walked by tests/browser/limits.test.ts; here is what none of them could come to. */
describe('the operations of the client', () => {
  const operations = Object.values(persistedDocuments);

  it.each(operations.map(({ name, text }) => [name, text] as const))('%s stays below half of every default limit', (_, text) => {
    for (const [figure, value] of Object.entries(figuresOf(text))) {
      expect([figure, value <= limits.VIEWER[figure as keyof Limits] / 2]).toEqual([figure, true]);
    }
  });

  it('are all looked at', () => expect(operations.length).toBeGreaterThan(50));

  it.each(['SignIn', 'RefreshSession'])('%s stays below the limits of who has not signed in', (name) => {
    const text = operations.find((operation) => operation.name === name)?.text ?? '';
    for (const [figure, value] of Object.entries(figuresOf(text))) {
      expect([figure, value <= limits.ANONYMOUS[figure as keyof Limits]]).toEqual([figure, true]);
    }
  });
});
