import { spawn, spawnSync } from 'node:child_process';
import { setUp } from './setup.mjs';

/** `npm run check`, what CI runs: set-up, types and lint, then the tests. Lint takes one core for a minute, so the rest of the set-up goes on beside it. */
setUp(['packages', 'types']);
const lint = npm('lint');
const types = spawnSync('npm', ['run', '--silent', 'types'], { stdio: 'inherit' });
if (types.status !== 0) {
  lint.child.kill();
  process.exit(1);
}
setUp();
if ((await lint.ended) !== 0) process.exit(1);
process.exit(await npm('test').ended);

function npm(script) {
  const child = spawn('npm', ['run', '--silent', script], { stdio: 'inherit' });
  return { child, ended: new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1))) };
}
