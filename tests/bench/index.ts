import { measureAtScale } from './at-scale.js';
import { checkIns, measureCheckIns } from './check-ins.js';
import { startDatabase, type BenchDatabase } from './database.js';
import { firstLoad, measureFirstLoad } from './first-load.js';
import { imports, measureImports } from './imports.js';
import { manyClients, measureManyClients } from './many-clients.js';
import { measure, type Measurement } from './measure.js';
import { readOptions } from './options.js';
import { measureOverview, overview } from './overview.js';
import { report } from './report.js';
import { scenarios } from './scenarios.js';
import { startBare, startSeatwise } from './servers.js';
import { measureSubscribers, subscribers } from './subscribers.js';

/**
 * `npm run bench`: the compiled server against a bare node:http server with hand-written SQL, on the same data, in one
 * interleaved run. It prints ratios and says which aims are met; it fails only when the two answer differently.
 */
const options = readOptions();
if (options.large) console.log(`\n${await measureAtScale(options)}`);
else await measureAll();

async function measureAll(): Promise<void> {
  const database = await startDatabase(options);
  try {
    await measureEach(database);
  } finally {
    await database.stop();
  }
}

async function measureEach(database: BenchDatabase): Promise<void> {
  const seatwise = await startSeatwise(database, options.cpuProfiles);
  const bare = await startBare(database, options.cpuProfiles);
  try {
    const measurements: Measurement[] = [];
    for (const scenario of scenarios) await asked(scenario, async () => void measurements.push(await measure(scenario, seatwise, bare, options)));
    await told(overview, () => measureOverview(seatwise));
    await asked(checkIns, async () => void measurements.push(await measureCheckIns(seatwise, database, options)));
    await told(subscribers, () => measureSubscribers(seatwise, database));
    const peaks = { seatwise: await seatwise.usage(), bare: await bare.usage() };
    console.log(`\nSeatwise against bare node:http on ${database.name}, scale ${options.factor}, medians of ${options.rounds} rounds\n`);
    console.log(report(measurements, peaks));
  } finally {
    await Promise.all([seatwise.stop(), bare.stop()]);
  }
  await told(manyClients, () => measureManyClients(database));
  await told(firstLoad, measureFirstLoad);
  // After the others: a million rows in and out leave the tables another size.
  await told(imports, () => measureImports(database, options));
}

/** Measures what the command line asks for. */
async function asked({ name }: { name: string }, work: () => Promise<void>): Promise<void> {
  if (!new RegExp(options.only).test(name)) return;
  console.error(`Measuring ${name} …`);
  await work();
}

/** The same, where what came of it is a text of its own. */
function told(part: { name: string }, work: () => Promise<string>): Promise<void> {
  return asked(part, async () => console.log(`\n${await work()}`));
}
