import './heap.js';
import 'reflect-metadata';
import closeWithGrace from 'close-with-grace';
import { startApp } from './app.js';
import { demoAccounts } from './auth/demo-accounts.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { isDriverError } from './db/dialect/driver-error.js';
import { MissingTablesError } from './db/existing-tables.js';

const STOP_WITHIN_MS = 10_000;

try {
  const config = readConfig();
  const app = await startApp(config);
  closeWithGrace({ delay: STOP_WITHIN_MS, logger: false }, async ({ err }) => {
    if (err !== undefined) console.error(err);
    await app.stop();
  });
  console.log(welcome(app.url, config));
} catch (error) {
  console.error(explained(error));
  process.exit(1);
}

/** What stopped the start, in words for whoever started it; anything unexpected with its stack. */
function explained(error: unknown): unknown {
  if (error instanceof ConfigError || error instanceof MissingTablesError) return error.message;
  if (isDriverError(error)) return `The database cannot be used: ${(error as Error).message}`;
  return error;
}

/** What someone who has just started the server wants to know. */
function welcome(url: string, { DEMO, DEMO_PASSWORD }: Config): string {
  const lines = ['', `  Seatwise is ready: ${url}`, `  GraphQL:           ${url}/graphql`];
  if (DEMO) {
    lines.push('', `  Demo sign-ins, password ${DEMO_PASSWORD}:`, ...demoAccounts.map(({ email }) => `    ${email}`));
  }
  return [...lines, ''].join('\n');
}
