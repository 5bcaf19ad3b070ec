import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the configuration table of the README', () => {
  const documented = new Set([...read('README.md').matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name));
  const sources = ['server/config.ts', 'server/auth/external-settings.ts'].map(read).join('\n');
  const variables = [...sources.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name);

  it('lists every variable that the server reads', () => {
    expect(variables.length).toBeGreaterThan(30);
    expect(variables.filter((name) => !documented.has(name))).toEqual([]);
  });
});
