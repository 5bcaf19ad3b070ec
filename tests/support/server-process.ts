import { spawn, spawnSync } from 'node:child_process';

const SECRET = 'a secret of the tests, long enough for HS256';

/** The server as a process of its own, as an operator runs it. */
export interface ServerProcess {
  url: string;
  /** Sends a signal and waits for the end; the exit code, null after SIGKILL. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** The compiled server, made anew where it is out of date: it starts in half the time of the sources. */
export function compiledServer(): string[] {
  const { status } = spawnSync(process.execPath, ['.scripts/setup.mjs', 'server'], { stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: '' } });
  return status === 0 ? ['dist/server/index.js'] : fromSources;
}

const fromSources = ['--import', 'tsx', 'server/index.ts'];

/** The environment of such a server on a database of the tests. */
export function processEnvironment(more: Record<string, string>): Record<string, string> {
  return { DEMO: '0', JWT_SECRET: SECRET, PORT: '0', LOG_LEVEL: 'silent', ...more };
}

/** Starts it and waits until it is ready; fails when it ends before. `program`: arguments of node. */
export async function startServerProcess(environment: Record<string, string>, program: readonly string[] = fromSources): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...program], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '', ...environment } });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    void ended.then(() => reject(new Error('The server did not start.')));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /ready: (http:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
