import { AS_OF } from './table.js';

/** One question, put to both servers, and how hard. */
export interface Scenario {
  name: string;
  query: string;
  /** Path of the same answer on the bare server. */
  bare: string;
  connections: number;
  /** Requests of a turn, for answers that take seconds; otherwise a turn has a length. */
  requests?: number;
  /** Requests of the bare server's turn, where it takes so much longer that as many would be too many. */
  bareRequests?: number;
  /** The least share of the bare server's requests per second that is aimed at. */
  aim?: number;
}

const period = { asOf: AS_OF, from: '2026-06-17 00:00:00', before: '2026-07-01 00:00:00', graceBegins: '2026-06-23', yearBegins: '2025-07-01', oldest: '2026-04-01', usedFrom: '2026-04-02 00:00:00', activeFrom: '2026-06-01 00:00:00', trendFrom: '2024-07-01' };
const path = (name: string): string => `${name}?${new URLSearchParams(period).toString()}`;

function licences(stats: string): string {
  return `{ licenses(first: 200) { nodes { id startDate endDate seats currency status
    company { id name ${stats} } partner { id name ${stats} } product { id code label } } } }`;
}

export const scenarios: readonly Scenario[] = [
  { name: '200 licences', query: licences(''), bare: path('/page'), connections: 16, aim: 1 },
  {
    name: '200 licences with active users',
    query: licences(`activeUserStats(asOf: "${AS_OF}", windowDays: 14) { registeredUsers activeUsers }`),
    bare: path('/page-with-users'), connections: 16, requests: 32, aim: 0.8,
  },
  {
    name: 'dashboard',
    query: `{ dashboard(asOf: "${AS_OF}", windowDays: 14) {
      totalLicenses activeLicenses graceLicenses scheduledLicenses expiredLicenses totalUsers activeUsers
      bands(ownerType: COMPANY) { band owners }
      revenue { currency annualValue { amount } averageCost { amount } seats rounds } } }`,
    bare: path('/dashboard'), connections: 1, requests: 3, aim: 0.8,
  },
  {
    name: 'active users of all companies',
    query: `{ activeUserStats(asOf: "${AS_OF}", windowDays: 14) { byOwner(ownerType: COMPANY, first: 50000) {
      ownerId ownerName stats { registeredUsers activeUsers } } } }`,
    bare: path('/active-users'), connections: 1, requests: 3, aim: 0.8,
  },
  {
    name: 'trial funnel',
    query: `{ trialFunnel(asOf: "${AS_OF}") { steps { count } outcome { converted open lapsed } conversions { beforeExpiry unknownDate }
      cohorts { month started activated converted } } }`,
    bare: path('/trial-funnel'), connections: 1, requests: 3, aim: 0.77,
  },
  {
    name: 'renewal forecast',
    query: `{ renewalForecast(asOf: "${AS_OF}") { within90 { licenses quantity } within180 { licenses quantity } days { date figures { licenses quantity } } } }`,
    bare: path('/renewal-forecast'), connections: 1, requests: 3, aim: 0.77,
  },
  {
    name: 'reclamation',
    query: `{ reclamation(asOf: "${AS_OF}") { premiumInForce classes { class licenses quantity } reasons { reason licenses seats } } }`,
    bare: path('/reclamation'), connections: 1, requests: 3, aim: 0.77,
  },
  {
    name: 'cost per active user',
    query: `{ costPerActiveUser(asOf: "${AS_OF}") { bySource { source currency licenses activeUsers annualSpend { amount } } } }`,
    bare: path('/cost-per-active-user'), connections: 1, requests: 3, aim: 0.77,
  },
  {
    name: 'effective licence position',
    query: `{ effectiveLicensePosition(asOf: "${AS_OF}") { totals { purchased deployed surplus deficit byPosition { position lines } } } }`,
    bare: path('/effective-licence-position'), connections: 1, requests: 3, aim: 0.77,
  },
  {
    name: 'consumption trend',
    query: `{ consumptionTrend(asOf: "${AS_OF}") { points { from licenses { opening new reactivated expired net closing } } } }`,
    bare: path('/consumption-trend'), connections: 1, requests: 3, aim: 0.77,
  },
];
