import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from './project-root.js';

/** All SDL files under schema/, in the order of their names. */
export function readSdl(directory: string = projectFile('schema')): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => readFileSync(join(directory, name), 'utf8'));
}
