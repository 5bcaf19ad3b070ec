import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config.js';
import { startMariaDb } from '../support/mariadb.mjs';
import { DATA_VERSION } from './data.js';
import { loadData } from './load.js';
import type { Options } from './options.js';

/** Loaded data and the environment that points a server at it. */
export interface BenchDatabase {
  name: string;
  environment: Record<string, string>;
  stop(): Promise<void>;
}

const SECRET = 'a secret of the bench, long enough for HS256';

/** Starts the database with its data: what an earlier run kept, or loaded now. */
export async function startDatabase(options: Options): Promise<BenchDatabase> {
  const folder = options.keep ? keptFolder(options) : mkdtempSync(join(tmpdir(), 'seatwise-bench-'));
  const server = options.database === 'mysql' ? await startMariaDb(folder, mysqlOptions(options)) : null;
  if (server === null && options.database === 'mysql') console.error('There is no MariaDB or MySQL here: the bench runs on SQLite.');
  const environment = {
    ...(server === null ? { DATA_DIR: join(folder, 'sqlite') } : { DATABASE_URL: `${server.url}/seatwise` }),
    DEMO: '0', JWT_SECRET: SECRET,
  };
  try {
    await loadOnce(join(folder, `loaded-${server === null ? 'sqlite' : 'mysql'}`), environment, options);
  } catch (error) {
    await server?.stop();
    throw error;
  }
  return {
    name: server === null ? 'SQLite' : 'MariaDB or MySQL',
    environment,
    stop: async () => {
      await server?.stop();
      if (!options.keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function keptFolder({ factor, large }: Options): string {
  const folder = join(tmpdir(), 'seatwise-bench-kept', `v${DATA_VERSION}-${large ? 'large' : factor}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Memory for all of the data, as a server of such tables would be given. */
function mysqlOptions({ factor, large }: Options): string[] {
  const megabytes = large ? 8192 : Math.min(8192, Math.max(128, Math.ceil(1024 * factor)));
  return [`--innodb-buffer-pool-size=${megabytes}M`, '--innodb-log-file-size=512M', '--local-infile=1'];
}

async function loadOnce(marker: string, environment: Record<string, string>, { factor, large }: Options): Promise<void> {
  if (existsSync(marker)) return;
  await loadData(readConfig(environment), factor, large);
  writeFileSync(marker, '');
}
