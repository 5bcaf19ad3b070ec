import { driverProperty } from './driver-error.js';
import type { DatabaseFault } from './dialect.js';

const ACCESS_DENIED = new Set([1044, 1142, 1143, 1227, 1370]);
const READ_ONLY_SERVER = new Set([1290, 1792, 1836]);
/** No room on the disk, or in a table space that may not grow. */
const FULL = new Set([1021, 1114]);
const TIMED_OUT = new Set([1969, 3024]);
/** Too many connections, a server that shuts down or kills, a node of a cluster that is not part of it (any more, or yet). */
const REFUSED = new Set([1040, 1203, 1226, 1053, 1927, 1047, 1180]);
/** A deadlock, a row locked or changed by another transaction, a statement killed by an operator: the same request may well succeed when tried again. */
const TRY_AGAIN = new Set([1213, 1205, 1020, 1317]);
/** What the driver says without a number or a code: too many wait for a connection; the connection was lost between two statements. */
const NO_CONNECTION = new Set(['Queue limit reached.', "Can't add new command when connection is in closed state"]);
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EHOSTUNREACH', 'PROTOCOL_CONNECTION_LOST', 'POOL_CLOSED']);

export function isAccessDenied(error: unknown): boolean {
  return ACCESS_DENIED.has(numberOf(error));
}

/** What went wrong, by what the server or the driver says of it. */
export function faultOf(error: unknown): DatabaseFault {
  const number = numberOf(error);
  if (number === 1062) return 'duplicate';
  if (number === 1451 || number === 1217) return 'inUse';
  if (ACCESS_DENIED.has(number)) return 'readOnly';
  if (TIMED_OUT.has(number)) return 'timeout';
  if (FULL.has(number)) return 'full';
  if (REFUSED.has(number) || READ_ONLY_SERVER.has(number) || TRY_AGAIN.has(number)) return 'unavailable';
  const isCutOff = UNREACHABLE.has(String(driverProperty(error, 'code'))) || NO_CONNECTION.has(String(driverProperty(error, 'message')));
  return isCutOff ? 'unavailable' : 'other';
}

function numberOf(error: unknown): number {
  return Number(driverProperty(error, 'errno') ?? 0);
}
