import type { Parsed } from './parsed.js';
import { trimmed, unreadable } from './text.js';

const words: ReadonlyMap<string, boolean> = new Map([
  ['1', true], ['true', true], ['yes', true], ['y', true], ['0', false], ['false', false], ['no', false], ['n', false],
]);

/** Yes or no, in any case of letters: 1/0, true/false, yes/no. */
export function parseBoolean(text: string): Parsed<boolean> {
  const value = words.get(trimmed(text).toLowerCase());
  return value === undefined ? unreadable(text, 'yes or no: write 1 or 0, true or false, yes or no') : { value };
}
