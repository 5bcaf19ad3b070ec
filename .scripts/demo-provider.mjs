import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * In the demo on the embedded database: a licence provider of its own, as a process beside the server, that holds about
 * 1,500 invented premium licences. Returns what starts it, once the server is up; until then nothing but a port is taken.
 */
export async function demoProvider() {
  const { DATABASE_URL, PROVIDERS, DEMO, DATA_DIR } = process.env;
  if (DATABASE_URL || PROVIDERS || DEMO === '0') return () => {};
  const port = await freePort();
  const token = randomBytes(24).toString('base64url');
  process.env.PROVIDERS = JSON.stringify([{ name: 'demo-shop', kind: 'http-json', url: `http://127.0.0.1:${port}/licenses`, token }]);
  return () => {
    const file = join(resolve(DATA_DIR || './data'), 'demo-licences.json');
    const server = join('tests', 'support', 'provider-server.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', server, '--demo', '--data', file, '--port', String(port), '--token', token], {
      cwd: root,
      // It ends when its input does: however this process ends, it does not outlive it.
      stdio: ['pipe', 'ignore', 'inherit'],
      env: { ...process.env, PROVIDERS: '' },
    });
    child.on('error', (error) => console.error(`The demo's licence provider did not start: ${error.message}`));
    process.on('exit', () => child.kill());
  };
}

function freePort() {
  return new Promise((resolvePort, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolvePort(port));
    });
  });
}
