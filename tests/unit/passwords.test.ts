import { describe, expect, it } from '@jest/globals';
import { hashPassword, passwordsAreBusy, verifyPassword } from '../../server/auth/passwords.js';

describe('passwords', () => {
  it('are stored as argon2id with 19 MiB, two passes, one lane and a salt of their own', async () => {
    const [one, two] = await Promise.all([hashPassword('same'), hashPassword('same')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword(one, 'same')).toBe(true);
    expect(await verifyPassword(two, 'Same')).toBe(false);
  });

  it('are up to 1,024 bytes, not characters; longer ones are refused unhashed', async () => {
    const longest = 'ü'.repeat(512);
    const hash = await hashPassword(longest);
    expect(await verifyPassword(hash, longest)).toBe(true);
    expect(await verifyPassword(hash, `${longest}x`)).toBe(false);
    await expect(hashPassword(`${longest}x`)).rejects.toThrow('1024 bytes');
    const started = performance.now();
    expect(await verifyPassword(hash, 'x'.repeat(100_000_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('never fit an unknown account or a damaged hash', async () => {
    expect(await verifyPassword(null, '')).toBe(false);
    expect(await verifyPassword('not a hash', 'password')).toBe(false);
    expect(await verifyPassword('', '')).toBe(false);
  });

  it('are refused when too many wait already', async () => {
    expect(passwordsAreBusy()).toBe(false);
    const waiting = Array.from({ length: 70 }, () => verifyPassword(null, 'flood'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(passwordsAreBusy()).toBe(true);
    await Promise.all(waiting);
    expect(passwordsAreBusy()).toBe(false);
  });
});
