import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { projectFile } from '../project-root.js';

const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

const pageHeaders = [
  'content-security-policy', 'cross-origin-opener-policy', 'origin-agent-cluster', 'permissions-policy', 'referrer-policy',
  'strict-transport-security', 'x-dns-prefetch-control', 'x-download-options', 'x-frame-options', 'x-permitted-cross-domain-policies',
  'x-xss-protection',
];

/**
 * Serves the built client: hashed assets for ever, the rest never unasked from a cache. Any other path that a browser
 * opens is a page of the client, which routes by itself.
 */
export async function registerClient(app: FastifyInstance): Promise<void> {
  const root = projectFile('dist', 'client');
  const built = existsSync(root);
  if (built) {
    await app.register(fastifyStatic, {
      root,
      preCompressed: true,
      wildcard: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        response.setHeader('cache-control', path.includes(`${sep}assets${sep}`) ? FOR_EVER : ASK_AGAIN);
      },
    });
  }
  // What these headers forbid concerns pages; on each of a page's files they would only weigh.
  app.addHook('onSend', async (request, reply) => {
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
    if (isAsset(request) && !isPage) for (const name of pageHeaders) reply.removeHeader(name);
  });
  app.setNotFoundHandler((request, reply) => {
    if (built && wantsPage(request) && !isAsset(request)) return reply.sendFile('index.html');
    return reply
      .status(404)
      .send({ errors: [{ message: 'There is nothing here.', extensions: { code: 'BAD_USER_INPUT', requestId: request.id } }] });
  });
}

const isAsset = ({ url }: FastifyRequest): boolean => url.startsWith('/assets/') || url === '/scheme.js';

function wantsPage({ method, headers }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html');
}
