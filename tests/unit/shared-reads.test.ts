import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SharedReads, type SharedRows } from '../../server/db/shared-reads.js';

/** A database that answers when it is told to: each run is the number of its turn. */
class Runs {
  readonly open: { answer: () => void; fail: () => void }[] = [];
  private readonly shared = new SharedReads();

  ask(text = 'select 1', values: (string | number | null)[] = [], seconds = 30): Promise<SharedRows> {
    return this.shared.read({ text, values, seconds }, () => new Promise((resolve, reject) => {
      const run = this.open.length + 1;
      this.open.push({ answer: () => resolve([{ run }]), fail: () => reject(new Error(`run ${run}`)) });
    }));
  }
}

describe('reads that are asked for at the same time', () => {
  let runs: Runs;
  beforeEach(() => {
    runs = new Runs();
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('are apart where two ask, and one for all who come after them', async () => {
    const answers = [runs.ask(), runs.ask(), runs.ask(), runs.ask(), runs.ask()];
    expect(runs.open).toHaveLength(2);
    runs.open[1]?.answer();
    await answers[1];
    await Promise.resolve();
    expect(runs.open).toHaveLength(3);
    runs.open[0]?.answer();
    runs.open[2]?.answer();
    expect(await Promise.all(answers)).toEqual([[{ run: 1 }], [{ run: 2 }], [{ run: 3 }], [{ run: 3 }], [{ run: 3 }]]);
  });

  it('are begun after everybody has asked whom they are for', async () => {
    const [first, second, third] = [runs.ask(), runs.ask(), runs.ask()];
    runs.open[0]?.answer();
    await first;
    await Promise.resolve();
    // The third has begun: whoever asks now needs another.
    const fourth = runs.ask();
    expect(runs.open).toHaveLength(3);
    for (const run of [1, 2]) runs.open[run]?.answer();
    await Promise.all([second, third]);
    await Promise.resolve();
    runs.open[3]?.answer();
    expect([await third, await fourth]).toEqual([[{ run: 3 }], [{ run: 4 }]]);
  });

  it('are begun after a tenth of a second though nothing has been answered', async () => {
    const answers = [runs.ask(), runs.ask(), runs.ask(), runs.ask()];
    jest.advanceTimersByTime(99);
    expect(runs.open).toHaveLength(2);
    jest.advanceTimersByTime(1);
    expect(runs.open).toHaveLength(3);
    runs.open[2]?.answer();
    expect(await Promise.all(answers.slice(2))).toEqual([[{ run: 3 }], [{ run: 3 }]]);
    // What ends later begins nothing more.
    for (const run of [0, 1]) runs.open[run]?.answer();
    await Promise.all(answers);
    jest.advanceTimersByTime(1000);
    expect(runs.open).toHaveLength(3);
  });

  it('fail for those alone who asked for them', async () => {
    const answers = [runs.ask(), runs.ask(), runs.ask(), runs.ask()].map((answer) => answer.catch((error: Error) => error.message));
    runs.open[0]?.fail();
    expect(await answers[0]).toBe('run 1');
    await Promise.resolve();
    runs.open[1]?.answer();
    runs.open[2]?.fail();
    expect(await Promise.all(answers)).toEqual(['run 1', [{ run: 2 }], 'run 3', 'run 3']);
    void runs.ask();
    expect(runs.open).toHaveLength(4);
  });

  it.each([
    ['statements', ['select 1', [], 30], ['select 2', [], 30]],
    ['values', ['select ?', [1], 30], ['select ?', [2], 30]],
    ['kinds of values', ['select ?', [1], 30], ['select ?', ['1'], 30]],
    ['nulls', ['select ?', [null], 30], ['select ?', ['null'], 30]],
    ['cuts between values', ['select ?, ?', ['ab', 'c'], 30], ['select ?, ?', ['a', 'bc'], 30]],
    ['values that look like others', ['select ?, ?', ['1;', 2], 30], ['select ?, ?', [1, '2;'], 30]],
    ['limits of time', ['select 1', [], 30], ['select 1', [], 5]],
  ] as const)('are apart for other %s', (_of, one, other) => {
    for (let copy = 0; copy < 3; copy += 1) for (const [text, values, seconds] of [one, other]) void runs.ask(text, [...values], seconds);
    expect(runs.open).toHaveLength(4);
  });
});
