import { createServer } from 'node:http';
import { bands, companyUsers, dashboard, page, pageWithUsers, rounds, trialFunnel, users } from './bare-queries.mjs';
import { effectiveLicensePosition, ownerPositions, sitePositions } from './bare-position.mjs';
import { expiring, renewalForecast } from './bare-renewals.mjs';
import { costPerActiveUser, externalCost, portalCost, reclaimableExternals, reclaimableRounds, reclamation } from './bare-reports.mjs';
import { consumptionTrend, roundChanges, termChanges } from './bare-trend.mjs';

/**
 * The measure of all things: node:http, hand-written SQL, JSON. It knows neither sign-in nor scope, paging, filters or
 * errors. Environment: DATABASE_URL or DATA_DIR, as for Seatwise.
 */
const query = process.env.DATABASE_URL === undefined ? await sqlite(process.env.DATA_DIR) : await mysql(process.env.DATABASE_URL);

const all = ({ sql, values }, period) => query(sql, values(period));
const rowsOf = async (statement, period) => statement.answer(await all(statement, period));
const routes = {
  '/page': (period) => rowsOf(page, period),
  '/page-with-users': (period) => rowsOf(pageWithUsers, period),
  '/active-users': (period) => rowsOf(companyUsers, period),
  '/trial-funnel': (period) => rowsOf(trialFunnel, period),
  '/renewal-forecast': async (period) => renewalForecast(await all(expiring, period), period),
  '/reclamation': async (period) => reclamation((await Promise.all([all(reclaimableRounds, period), all(reclaimableExternals, period)])).flat()),
  '/cost-per-active-user': async (period) => costPerActiveUser(...(await Promise.all([all(portalCost, period), all(externalCost, period)]))),
  '/effective-licence-position': async (period) => effectiveLicensePosition((await Promise.all([all(ownerPositions, period), all(sitePositions, period)])).flat()),
  '/consumption-trend': async (period) => consumptionTrend((await Promise.all([all(roundChanges, period), all(termChanges, period)])).flat(), period),
  '/dashboard': async (period) => dashboard(...(await Promise.all([all(rounds, period), all(users, period), all(bands, period)]))),
};

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  try {
    const body = JSON.stringify(await routes[pathname](Object.fromEntries(searchParams)));
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }).end(body);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.once('SIGTERM', () => process.exit(0));

/** The text protocol: no statement is prepared. */
async function mysql(uri) {
  const { createPool } = await import('mysql2');
  const pool = createPool({ uri, dateStrings: ['DATE'], connectionLimit: 10 });
  return (sql, values) => new Promise((resolve, reject) => pool.query(sql, values, (error, rows) => (error ? reject(error) : resolve(rows))));
}

async function sqlite(folder) {
  const { DatabaseSync } = await import('@photostructure/sqlite');
  const database = new DatabaseSync(`${folder}/seatwise.db`, { readOnly: true });
  database.exec(`attach database '${folder.replaceAll("'", "''")}/fido1.db' as fido1`);
  const prepared = new Map();
  return async (sql, values) => {
    if (!prepared.has(sql)) prepared.set(sql, database.prepare(sql));
    return prepared.get(sql).all(...values);
  };
}
