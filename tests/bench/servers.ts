import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { post } from '../support/app.js';
import type { BenchDatabase } from './database.js';

/** What a process has used since it started. */
export interface Usage {
  cpuMilliseconds: number;
  peakMegabytes: number;
}

/** A server in a process of its own. */
export interface BenchServer {
  url: string;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const here = import.meta.dirname;
const administrator = { email: 'admin@example.com', password: 'correct horse battery staple' };

/** The compiled server as production runs it, and an access token for it. */
export type SeatwiseServer = BenchServer & { token: string };

/** Seatwise with all of the activity log read: work in the background would be in every figure. */
export async function startSeatwise(database: BenchDatabase, cpuProfiles?: string): Promise<SeatwiseServer> {
  const server = await startReading(database, { ACTIVITY_ROLLUP_SHARE: '1' }, cpuProfiles);
  await untilSettled(server);
  return server;
}

/** Seatwise as soon as it answers, whatever it has read of the activity log. */
export async function startReading({ environment }: BenchDatabase, settings: Record<string, string> = {}, cpuProfiles?: string): Promise<SeatwiseServer> {
  const server = await start(join(here, '..', '..', 'dist', 'server', 'index.js'), cpuProfiles, {
    ...environment, PORT: '0', NODE_ENV: 'production', LOG_LEVEL: 'warn', ACCESS_TOKEN_MINUTES: '1440',
    // All the load comes from one address, and one account.
    LICENSE_CHECKS_PER_MINUTE_ADDRESS: '100000000', REQUESTS_PER_MINUTE_ACCOUNT: '100000000',
    ADMIN_EMAIL: administrator.email, ADMIN_PASSWORD: administrator.password, ...settings,
  });
  const { data } = await post(server.url, null, 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: administrator });
  return { ...server, token: String(data.signIn.accessToken) };
}

/** Seatwise with its demo data, in a folder that may have it already. */
export function startDemo(folder: string): Promise<BenchServer> {
  return start(join(here, '..', '..', 'dist', 'server', 'index.js'), undefined, {
    DATA_DIR: folder, DEMO: '1', JWT_SECRET: 'a secret of the bench, long enough for HS256', PORT: '0', NODE_ENV: 'production', LOG_LEVEL: 'warn',
  });
}

/** How far the activity log is read. */
export interface LogReading {
  state: string;
  readShare: number;
  isSettled: boolean;
}

export async function logReading({ url, token }: SeatwiseServer): Promise<LogReading> {
  const { data } = await post(url, token, '{ activityRollup { state readShare readThroughId settledThroughId } }');
  const { state, readShare, readThroughId, settledThroughId } = data.activityRollup;
  return { state, readShare, isSettled: state === 'OFF' || (state === 'FOLLOWING' && readThroughId === settledThroughId) };
}

/** Resolves when the activity log has been read and what was its end has settled. */
export async function untilSettled(server: SeatwiseServer): Promise<void> {
  for (;;) {
    const { state, readShare, isSettled } = await logReading(server);
    if (isSettled) return;
    console.error(`Reading the activity log: ${Math.round(readShare * 100)} %${state === 'FOLLOWING' ? ', waiting until it has settled' : ''} …`);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }
}

/** The bare server that Seatwise is measured against. */
export function startBare({ environment }: BenchDatabase, cpuProfiles?: string): Promise<BenchServer> {
  return start(join(here, 'bare-server.mjs'), cpuProfiles, environment);
}

async function start(program: string, cpuProfiles: string | undefined, environment: Record<string, string>): Promise<BenchServer> {
  if (cpuProfiles !== undefined) mkdirSync(cpuProfiles, { recursive: true });
  const child = fork(program, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: ['--import', join(here, 'probe.mjs'), ...(cpuProfiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${cpuProfiles}`])],
    env: { PATH: process.env['PATH'], ...environment },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url: await urlOf(child, program),
    usage: () =>
      new Promise<Usage>((resolve) => {
        child.once('message', (usage) => resolve(usage as Usage));
        child.send('usage');
      }),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Both servers print their address when they are ready. */
function urlOf(child: ChildProcess, program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`${program} did not start.`));
    const timer = setTimeout(fail, READY_WITHIN_MS);
    child.once('exit', fail);
    child.stdout?.on('data', (chunk: Buffer) => {
      const url = /http:\/\/[\w.:]+/.exec(chunk.toString())?.[0];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}
