import { measureAtScale } from './at-scale.js';
import { checkIns, measureCheckIns } from './check-ins.js';
import { startDatabase } from './database.js';
import { firstLoad, measureFirstLoad } from './first-load.js';
import { imports, measureImports } from './imports.js';
import { measure, type Measurement } from './measure.js';
import { readOptions } from './options.js';
import { report } from './report.js';
import { scenarios } from './scenarios.js';
import { startBare, startSeatwise } from './servers.js';
import { measureSubscribers, subscribers } from './subscribers.js';

/**
 * `npm run bench`: the compiled server against a bare node:http server with hand-written SQL, on the same data, in one
 * interleaved run. It prints ratios and says which aims are met; it fails only when the two answer differently.
 */
const options = readOptions();
const database = await startDatabase(options);
try {
  if (options.large) console.log(`\n${await measureAtScale(database, options)}`);
  else await measureAll();
} finally {
  await database.stop();
}

async function measureAll(): Promise<void> {
  const seatwise = await startSeatwise(database, options.cpuProfiles);
  const bare = await startBare(database, options.cpuProfiles);
  try {
    const measurements: Measurement[] = [];
    for (const scenario of scenarios.filter(({ name }) => new RegExp(options.only).test(name))) {
      console.error(`Measuring ${scenario.name} …`);
      measurements.push(await measure(scenario, seatwise, bare, options));
    }
    if (new RegExp(options.only).test(checkIns.name)) {
      console.error(`Measuring ${checkIns.name} …`);
      measurements.push(await measureCheckIns(seatwise, database, options));
    }
    if (new RegExp(options.only).test(subscribers.name)) {
      console.error(`Measuring ${subscribers.name} …`);
      console.log(`\n${await measureSubscribers(seatwise, database)}`);
    }
    const peaks = { seatwise: await seatwise.usage(), bare: await bare.usage() };
    console.log(`\nSeatwise against bare node:http on ${database.name}, scale ${options.factor}, medians of ${options.rounds} rounds\n`);
    console.log(report(measurements, peaks));
  } finally {
    await Promise.all([seatwise.stop(), bare.stop()]);
  }
  if (new RegExp(options.only).test(firstLoad.name)) {
    console.error(`Measuring ${firstLoad.name} …`);
    console.log(`\n${await measureFirstLoad()}`);
  }
  // After the others: a million rows in and out leave the tables another size.
  if (new RegExp(options.only).test(imports.name)) {
    console.error(`Measuring ${imports.name} …`);
    console.log(`\n${await measureImports(database, options)}`);
  }
}
