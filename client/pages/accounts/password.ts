/** 32 signs that nobody mistakes for another when reading them out: a random byte chooses among them without preferring any. */
const signs = 'abcdefghijkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 5;

/** A password of 100 random bits, in groups that can be read out. */
export function newPassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(groups * groupLength));
  const letters = Array.from(bytes, (byte) => signs[byte % signs.length] ?? '');
  return Array.from({ length: groups }, (_, group) => letters.slice(group * groupLength, (group + 1) * groupLength).join('')).join('-');
}
