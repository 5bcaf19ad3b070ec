import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A file of the project, by its path from the directory that holds package.json. The sources run from `server`, the
 * compiled files from `dist/server`; what the compiler does not copy is read from its one place.
 */
export function projectFile(...parts: string[]): string {
  return join(root, ...parts);
}

const root = findRoot(import.meta.dirname);

function findRoot(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error(`No package.json in ${import.meta.dirname} or above it`);
  return findRoot(parent);
}
