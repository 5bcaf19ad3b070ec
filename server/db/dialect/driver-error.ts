/**
 * A property of a driver's error, looked for in the error and in the one that TypeORM wrapped. The class is not asked:
 * errors of native modules and sockets may come from another realm.
 */
export function driverProperty(error: unknown, name: 'code' | 'errno' | 'errcode' | 'sqlState' | 'message'): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  const cause = 'driverError' in error ? error.driverError : error;
  return typeof cause === 'object' && cause !== null && name in cause ? (cause as Record<string, unknown>)[name] : undefined;
}

/** True when the error came from a database driver, not from our own code. */
export function isDriverError(error: unknown): boolean {
  if (typeof error === 'object' && error !== null && 'driverError' in error) return true;
  return driverProperty(error, 'errcode') !== undefined || driverProperty(error, 'errno') !== undefined;
}
