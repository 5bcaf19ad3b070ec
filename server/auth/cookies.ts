import type { CookieSerializeOptions } from '@fastify/cookie';
import type { Config } from '../config.js';

/** The cookie that holds the refresh token. */
export const REFRESH_COOKIE = 'sw_refresh';

type CookieSettings = Pick<Config, 'COOKIE_SECURE' | 'SESSION_DAYS'>;

const SECONDS_PER_DAY = 86_400;

/**
 * Options for `reply.setCookie(REFRESH_COOKIE, token, …)`: out of reach of scripts, of other sites and of every path but
 * the API's. After a refresh the cookie may outlive its session; the server decides by the session alone.
 */
export function refreshCookieOptions(config: CookieSettings): CookieSerializeOptions {
  return { ...attributes(config), maxAge: config.SESSION_DAYS * SECONDS_PER_DAY };
}

/** Options for `reply.clearCookie(REFRESH_COOKIE, …)`: browsers drop a cookie only when its path agrees. */
export function clearedCookieOptions(config: CookieSettings): CookieSerializeOptions {
  return attributes(config);
}

function attributes(config: CookieSettings): CookieSerializeOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/graphql', secure: config.COOKIE_SECURE };
}
