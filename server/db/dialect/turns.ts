import pLimit from 'p-limit';
import { DatabaseError } from '../../errors.js';

/** Runs work one after the other. Work that has not begun within the limit is refused as unavailable and never begins: an import may write for minutes. */
export function inTurns(limitMs: number): <T>(work: () => Promise<T>) => Promise<T> {
  const turn = pLimit(1);
  return <T>(work: () => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      let isRefused = false;
      const timer = setTimeout(() => {
        isRefused = true;
        reject(new DatabaseError('unavailable', new Error(`Other writes took longer than ${limitMs / 1000} s.`)));
      }, limitMs);
      const begin = async () => {
        clearTimeout(timer);
        if (!isRefused) await work().then(resolve, reject);
      };
      void turn(begin);
    });
}
