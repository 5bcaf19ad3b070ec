import { describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { inTurns } from '../../server/db/dialect/turns.js';
import { DatabaseError } from '../../server/errors.js';

describe('work in turns', () => {
  it('runs one after the other, and goes on after a failure', async () => {
    const turn = inTurns(5000);
    const log: string[] = [];
    const work = (name: string, fails = false) => turn(async () => {
      log.push(`${name} begins`);
      await wait(5);
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
    const results = await Promise.allSettled([work('first'), work('second', true), work('third')]);
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)))).toEqual(['first', 'Error: second', 'third']);
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends', 'third begins', 'third ends']);
  });

  it('refuses as unavailable what had to wait too long, and never begins it; what has begun may take its time', async () => {
    const turn = inTurns(30);
    let begun = false;
    let release = () => {};
    const long = turn(() => new Promise<string>((resolve) => { release = () => resolve('done'); }));
    await expect(turn(async () => { begun = true; })).rejects.toMatchObject({ name: DatabaseError.name, fault: 'unavailable' });
    release();
    expect(await long).toBe('done');
    expect(await turn(async () => 'next')).toBe('next');
    expect(begun).toBe(false);
  });
});
