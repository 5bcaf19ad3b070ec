import type { FastifyInstance, FastifyReply } from 'fastify';
import { isOutage, RETRY_AFTER_SECONDS, unavailable } from '../errors.js';
import type { LicenseChecks } from './service.js';

const PATH = '/license-check';
const BODY_LIMIT = 16 * 1024;

/**
 * `POST /license-check`: the mutation `appLicenseCheck` for sites that speak no GraphQL. It answers programs, and often: what
 * only concerns pages (their security headers, other origins, cookies, compression) is not there.
 */
export async function registerLicenseCheck(app: FastifyInstance, checks: LicenseChecks): Promise<void> {
  await app.register(async (scope) => {
    // A form or a plain text can be sent from any page without the browser asking first; JSON cannot.
    scope.removeContentTypeParser('text/plain');
    // A logger for each check would be a twelfth of all the memory that a check passes through: what is logged names the request itself.
    scope.setChildLoggerFactory((logger) => logger);
    scope.post(PATH, { bodyLimit: BODY_LIMIT }, async ({ body, ip, id, log }, reply) => {
      void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
      try {
        const outcome = await checks.check(body, ip, new Date());
        if (outcome.kind === 'taken') return { check: outcome.check, userErrors: [] };
        if (outcome.kind === 'throttled') void reply.header('retry-after', String(outcome.retryAfterSeconds));
        return await reply.status(outcome.kind === 'throttled' ? 429 : 400).send({ check: null, userErrors: outcome.userErrors });
      } catch (error) {
        if (!isOutage(error)) throw error;
        log.warn({ err: error, requestId: id }, 'a licence check could not be answered');
        return outage(reply, id);
      }
    });
  });
}

function outage(reply: FastifyReply, requestId: string): FastifyReply {
  const { message, extensions } = unavailable();
  return reply.status(503).header('retry-after', String(RETRY_AFTER_SECONDS)).send({ errors: [{ message, extensions: { ...extensions, requestId } }] });
}
