import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

import { examples, variablesOf } from '../../../client/pages/explore/examples';

const schema = buildSchema(readFileSync(new URL('../../schema/printed.graphql', import.meta.url), 'utf8'));

describe('examples of Explore', () => {
  test('have keys and names of their own', () => {
    expect(new Set(examples.map(({ key }) => key)).size).toBe(examples.length);
    expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
  });

  test.each(examples.map((example) => [example.key, example] as const))('%s fits the schema', (_, { document, variables, chart, view }) => {
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
    expect(() => JSON.parse(variables === undefined ? '{}' : variablesOf({ variables }, '2026-04-13')) as unknown).not.toThrow();
    expect(view === 'CHART').toBe(chart !== undefined);
  });
});
