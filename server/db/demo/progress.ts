import type { Progress } from './insert.js';

/** What progress is drawn on: standard error, or a stand-in. */
export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 24;
const CLEAR_LINE = '\r\u001B[2K';

/**
 * A progress function that redraws one line on a terminal. Elsewhere, in a log or a pipe, it writes one plain line for
 * each finished step.
 */
export function terminalProgress(terminal: Terminal = process.stderr): Progress {
  let drawn = '';
  return (step, done, total) => {
    const finished = done >= total;
    if (terminal.isTTY !== true) {
      if (finished) terminal.write(`Demo data: ${step}, ${total.toLocaleString('en')} rows\n`);
      return;
    }
    const filled = total === 0 ? WIDTH : Math.floor((WIDTH * done) / total);
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
    const line = `Demo data  ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}  ${String(percent).padStart(3)} %  ${step}`;
    if (line !== drawn) terminal.write(`${CLEAR_LINE}${line}${finished ? '\n' : ''}`);
    drawn = line;
  };
}
