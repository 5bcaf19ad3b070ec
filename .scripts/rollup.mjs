import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { setUp } from './setup.mjs';

/** `npm run rollup -- verify|repair`: compares the roll-up of activity with the log it was read from, with the server's own settings. */
const usage = `npm run rollup -- verify    read the whole log anew and tell how the roll-up differs from it
npm run rollup -- repair    the same, and make it as the log is
Stop the servers first, or set ACTIVITY_ROLLUP=0 on them: one at a time reads the log.`;

const { positionals: [command, ...rest] } = parseArgs({ allowPositionals: true });
if (rest.length > 0 || !['verify', 'repair'].includes(command)) {
  console.error(usage);
  process.exit(2);
}
setUp(['packages', 'types', 'server']);
const { runCommand } = await import('../dist/server/rollup-command.js');
const bar = new cliProgress.SingleBar({ format: 'Reading the log {bar} {percentage} % · {eta_formatted} left', noTTYOutput: false }, cliProgress.Presets.shades_classic);
bar.start(1000, 0);
let result;
try {
  result = await runCommand(command, (share) => bar.update(Math.floor(share * 1000)));
} catch (error) {
  result = { status: 1, words: String(error?.message ?? error) };
}
bar.stop();
(result.status === 0 ? console.log : console.error)(result.words);
process.exitCode = result.status;
