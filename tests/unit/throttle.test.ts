import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { networkOf, SignInThrottle } from '../../server/auth/throttle.js';

const MINUTE = 60_000;

describe('sign-in throttle', () => {
  let throttle: SignInThrottle;
  const take = () => throttle.take('ada@example.org', '192.0.2.1');

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    throttle = new SignInThrottle(3);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  async function waitAfterFailures(): Promise<number> {
    for (let attempt = 1; attempt <= 3; attempt += 1) expect(await take()).toBe(0);
    return take();
  }

  it('blocks for 15 minutes, then 30, then 60 and no longer; a quiet day starts afresh', async () => {
    for (const minutes of [15, 30, 60, 60]) {
      expect(await waitAfterFailures()).toBe(minutes * MINUTE);
      jest.advanceTimersByTime(minutes * MINUTE);
    }
    jest.advanceTimersByTime(24 * 60 * MINUTE);
    expect(await waitAfterFailures()).toBe(15 * MINUTE);
  });

  it('tells the time that is left, and trying does not prolong it', async () => {
    await waitAfterFailures();
    for (const left of [14, 13, 12]) {
      jest.advanceTimersByTime(MINUTE);
      expect(await take()).toBe(left * MINUTE);
    }
    jest.advanceTimersByTime(12 * MINUTE);
    expect(await take()).toBe(0);
  });

  it('is not opened by an attempt that is given back during a block', async () => {
    await waitAfterFailures();
    await throttle.withdrawn('ada@example.org', '192.0.2.1');
    expect(await take()).toBeGreaterThan(0);
  });

  it('starts afresh after a success', async () => {
    await waitAfterFailures();
    await throttle.succeeded('ada@example.org', '192.0.2.1');
    expect(await waitAfterFailures()).toBe(15 * MINUTE);
  });

  it('spends no attempts of an account from an address that is blocked', async () => {
    for (let attempt = 1; attempt <= 30; attempt += 1) await throttle.take(`guess-${attempt}@example.org`, '203.0.113.9');
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect(await throttle.take('ada@example.org', '203.0.113.9')).toBeGreaterThan(0);
    }
    expect(await take()).toBe(0);
  });
});

describe('what counts as one address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
