import fastifyCookie from '@fastify/cookie';
import fastifyCors from '@fastify/cors';
import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.js';

/** What no page of ours needs, and so nothing that found its way into one may have. */
const PERMISSIONS = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'bluetooth', 'display-capture'].map((feature) => `${feature}=()`).join(', ');

/** Headers that scripts of other origins may read, where CORS_ORIGINS lets them read answers at all. */
const READABLE = ['retry-after', 'content-disposition'];

/** Half an hour between two preflight requests of one browser. */
const PREFLIGHT_SECONDS = 1800;

/** Headers that tell browsers what a page may do, who else may ask, and cookies. */
export async function registerSecurity(app: FastifyInstance, config: Pick<Config, 'corsOrigins'>): Promise<void> {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // Mantine sizes and colours its elements with inline styles.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
  });
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('permissions-policy', PERMISSIONS);
  });
  await app.register(fastifyCors, { origin: [...config.corsOrigins], credentials: true, exposedHeaders: READABLE, maxAge: PREFLIGHT_SECONDS, methods: ['GET', 'POST'] });
  await app.register(fastifyCookie);
}
