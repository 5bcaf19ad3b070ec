import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { projectFile } from '../project-root.js';

const ONE_YEAR = '365d';

/**
 * Serves the built client: hashed assets for ever, the page itself never from a cache. Any other path that a browser
 * opens is a page of the client, which routes by itself.
 */
export async function registerClient(app: FastifyInstance): Promise<void> {
  const root = projectFile('dist', 'client');
  const built = existsSync(root);
  if (built) {
    await app.register(fastifyStatic, { root, preCompressed: true, index: false, wildcard: false, cacheControl: false });
    app.get('/assets/*', (request, reply) =>
      reply.sendFile(request.url.slice(1).split('?')[0] ?? '', { cacheControl: true, maxAge: ONE_YEAR, immutable: true }),
    );
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (built && wantsPage) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return reply.status(404).send({ errors: [{ message: 'There is nothing here.', extensions: { code: 'BAD_USER_INPUT', requestId: request.id } }] });
  });
}
