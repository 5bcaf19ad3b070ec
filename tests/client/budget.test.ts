import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

/** All bytes of the first load of Overview, as sent. */
const BUDGET = 350_000;

/** Figures, owners, rounds and the headers of every answer, measured on the demo: not in the build, but on the wire. */
const DATA = 31_000;

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
  assets?: string[];
}

const dist = join(import.meta.dirname, '../../dist/client');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

/** Loaded only where a name on the page needs it; the browser's budget test counts what is really sent. */
const onDemand = /latin-ext/;

/** What the browser loads with one chunk, without being asked again. */
function filesOf(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) if (!onDemand.test(file)) seen.add(file);
  for (const imported of chunk.imports ?? []) filesOf(imported, seen);
  return seen;
}

/** Size as sent: the brotli file where the build made one. */
function sent(file: string): number {
  const path = join(dist, file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}

test('the first load of Overview stays within its budget', () => {
  const charts = manifest['index.html']?.dynamicImports?.filter((key) => /charts/.test(key)) ?? [];
  expect(charts).not.toHaveLength(0);
  const files = new Set<string>();
  for (const key of ['index.html', ...charts, 'charts/engine.ts']) filesOf(key, files);
  const font = Object.values(manifest).find(({ file }) => file.endsWith('.woff2') && !onDemand.test(file));
  if (font) files.add(font.file);
  const total = [...files].reduce((sum, file) => sum + sent(file), 0);
  expect(total + DATA).toBeLessThan(BUDGET);
});

test('the grid and the date picker are not part of it', () => {
  const first = [...filesOf('index.html')];
  expect(first.filter((file) => /Grid|DatePicker/.test(file))).toEqual([]);
});
