import { parseArgs } from 'node:util';

/** The factor of `large` is that of its companies; it has users and a log of its own. */
const scales: Record<string, number> = { small: 0.05, default: 1, large: 2.5 };

const usage = `npm run bench -- [options]
  --scale small|default|large|<factor>   size of the data; default: 20,000 companies, 200,000 rounds, 500,000 users, 5 million log rows;
                                         large: 50,000 companies, 1 million users, and active users alone, over 5 and 50 million log rows without an index
  --database mysql|sqlite                default: MariaDB or MySQL where one is installed
  --rounds <n>                           turns of each server in a scenario; default 5
  --seconds <n>                          length of a turn; default 4
  --only <pattern>                       only the scenarios whose name matches the pattern
  --keep                                 keep the loaded data, and use what an earlier run kept
  --cpu-prof <folder>                    write CPU profiles of both servers there`;

export interface Options {
  factor: number;
  /** The log at full size, see `atScale`. */
  large: boolean;
  database: 'mysql' | 'sqlite';
  rounds: number;
  seconds: number;
  only: string;
  keep: boolean;
  cpuProfiles: string | undefined;
}

/** The options of the command line; a wrong one ends the process with the list of them. */
export function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        scale: { type: 'string', default: 'default' },
        database: { type: 'string', default: 'mysql' },
        rounds: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '4' },
        only: { type: 'string', default: '' },
        keep: { type: 'boolean', default: false },
        'cpu-prof': { type: 'string' },
      },
    });
    if (values.keep && values.scale === 'large') throw new Error('--scale large adds rows to its log as it goes: they cannot be kept.');
    if (values.database !== 'mysql' && values.database !== 'sqlite') throw new Error(`There is no database ${values.database}.`);
    return {
      factor: scales[values.scale] ?? positive('scale', values.scale),
      large: values.scale === 'large',
      database: values.database,
      rounds: positive('rounds', values.rounds),
      seconds: positive('seconds', values.seconds),
      only: values.only,
      keep: values.keep,
      cpuProfiles: values['cpu-prof'],
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a positive number, not ${text}.`);
  return value;
}
