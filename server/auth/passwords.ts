import { randomBytes } from 'node:crypto';
import { hash, verify, type Options } from '@node-rs/argon2';
import pLimit from 'p-limit';

/** The least that OWASP asks of argon2id; `algorithm: 2` is argon2id, whose enum exists at compile time only. */
const parameters: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Longer input is refused unread: nobody types it, and the work must not grow with it. */
export const MAX_PASSWORD_BYTES = 1024;

/** Two at a time: each takes 19 MiB and one of the four threads that file access and name look-ups need too. */
const limit = pLimit(2);

/** With this many waiting, a sign-in would take longer than a second: better refused at once. */
const MAX_WAITING = 60;

/** True when further passwords should be refused for now rather than queued. */
export function passwordsAreBusy(): boolean {
  return limit.pendingCount >= MAX_WAITING;
}

/** The hash to store for a password, in PHC format with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  if (isTooLong(password)) return Promise.reject(new RangeError(`A password has at most ${MAX_PASSWORD_BYTES} bytes`));
  return limit(() => hash(password, parameters));
}

/**
 * True when the password belongs to the hash. Null stands for an unknown account: the same work is done on a hash that
 * no password fits, so that the time of the answer does not tell which accounts exist.
 */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  if (isTooLong(password)) return false;
  // Awaited for known accounts too: else the very first unknown one would also pay for making the decoy.
  const decoyHash = await decoy();
  const fits = await limit(() => verify(storedHash ?? decoyHash, password).catch(() => false));
  return fits && storedHash !== null;
}

let madeDecoy: Promise<string> | undefined;

function decoy(): Promise<string> {
  madeDecoy ??= hashPassword(randomBytes(32).toString('base64'));
  return madeDecoy;
}

/** True for more than anybody types. */
export function isTooLong(password: string): boolean {
  // A UTF-16 unit takes at least one byte in UTF-8, so the length alone settles the extreme cases cheaply.
  return password.length > MAX_PASSWORD_BYTES || Buffer.byteLength(password) > MAX_PASSWORD_BYTES;
}
