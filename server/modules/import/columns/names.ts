import { isBlank } from '../values/text.js';

/** Longer names are no names. */
const LONGEST = 100;

/** A unique name for each column: as in the header, `Column 3` where it has none, `seats (2)` where one occurs again. */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, index) => {
    const name = isBlank(cell) ? `Column ${index + 1}` : shortened(cell);
    let unique = name;
    for (let again = 2; taken.has(unique); again++) unique = `${name} (${again})`;
    taken.add(unique);
    return unique;
  });
}

/** One line that can be read; it may hold whatever a file holds. */
function shortened(cell: string): string {
  const line = cell.slice(0, 4 * LONGEST).replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  return [...line].slice(0, LONGEST).join('');
}

/** A name as names are compared: letters and digits alone, in lower case. */
export function comparable(name: string): string {
  return name.slice(0, 4 * LONGEST).normalize('NFC').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
