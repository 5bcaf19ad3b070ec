import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from '../../server/schema.js';

const printed = readFileSync(new URL('./printed.graphql', import.meta.url), 'utf8');

describe('the public schema', () => {
  it('breaks no client of the committed copy', async () => {
    const changes = await diff(buildSchema(printed), createSchema());
    const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
    // A change that breaks clients is made on purpose: print the copy anew in the same commit and say so in its message.
    expect(breaking.map(({ message }) => message)).toEqual([]);
  });

  it('is the committed copy, which `npm run schema:print` writes', () => {
    expect(`${printSchema(lexicographicSortSchema(createSchema()))}\n`).toBe(printed);
  });

  it('says of a removed field that it breaks clients', async () => {
    const without = buildSchema(printed.replace(/^ {2}"""\n[^"]*"""\n {2}daysRemaining.*\n/m, ''));
    const changes = await diff(buildSchema(printed), without);
    expect(changes.some(({ criticality }) => criticality.level === CriticalityLevel.Breaking)).toBe(true);
  });
});
