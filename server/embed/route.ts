import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isOutage, RETRY_AFTER_SECONDS } from '../errors.js';
import { claimsToBeEmbedToken } from './grant.js';
import { dashboardNamed } from './operations.js';
import { noteShown } from './store.js';
import { embedViewer, type EmbedViewer } from './viewer.js';
import type { Services } from '../http/request-context.js';

/** The public script, for pages of any origin. */
const SCRIPT = '/embed.js';

interface Page {
  Params: { dashboard: string };
  Querystring: { token?: unknown };
}

/**
 * `GET /embed/<dashboard>?token=…`: the client's page of one dashboard, which the token's origins may frame and nobody else; and
 * the public script's headers. Registered after the client.
 */
export function registerEmbeds(app: FastifyInstance, services: Services): void {
  const built = app.hasReplyDecorator('sendFile');
  const noting = new Set<Promise<void>>();
  app.get<Page>('/embed/:dashboard', { onSend: async (_, reply) => keepPrivate(reply) }, async (request, reply) => {
    let viewer: EmbedViewer | null;
    try {
      viewer = built ? await shownBy(services, request) : null;
    } catch (error) {
      if (!isOutage(error)) throw error;
      return refuse(reply.header('retry-after', String(RETRY_AFTER_SECONDS)), 503);
    }
    if (viewer === null) return refuse(reply);
    // Beside the answer: a database that takes no writes for a while shows dashboards all the same.
    const noted: Promise<void> = noteShown(services.database, viewer.credential.id, new Date())
      .catch((error: unknown) => request.log.warn({ err: error }, 'the use of an embed token was not noted'))
      .finally(() => noting.delete(noted));
    noting.add(noted);
    framedBy(reply, viewer.credential.origins);
    return reply.sendFile('index.html');
  });
  // After the last answer; the database closes only then.
  app.addHook('onClose', async () => void (await Promise.all(noting)));
  app.addHook('onSend', async (request, reply) => {
    if (request.url.split('?', 1)[0] !== SCRIPT) return;
    // Other origins load it; it holds nothing of anybody.
    void reply.header('cross-origin-resource-policy', 'cross-origin').header('access-control-allow-origin', '*').removeHeader('access-control-allow-credentials');
  });
}

/** The token's viewer, when it shows this dashboard and the page that asks is none of a strange origin. */
async function shownBy({ database, config }: Services, { params, query, headers }: FastifyRequest<Page>): Promise<EmbedViewer | null> {
  const dashboard = dashboardNamed(params.dashboard);
  const { token } = query;
  if (dashboard === null || typeof token !== 'string' || !claimsToBeEmbedToken(token)) return null;
  const viewer = await embedViewer(database, config, token, new Date());
  if (viewer === null || !viewer.credential.dashboards.includes(dashboard)) return null;
  const { referer } = headers;
  // Absent with some pages' policies; then the browser's check of frame-ancestors stands alone, as it does for whoever lies.
  if (referer !== undefined && !viewer.credential.origins.includes(originOf(referer))) return null;
  return viewer;
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : '';
}

const ANCESTORS = /frame-ancestors [^;]*/;

/** Lets the origins frame this answer, and nobody else. */
function framedBy(reply: FastifyReply, origins: readonly string[]): void {
  const policy = String(reply.getHeader('content-security-policy'));
  if (!ANCESTORS.test(policy)) throw new Error('The content security policy names no frame-ancestors.');
  void reply.header('content-security-policy', policy.replace(ANCESTORS, `frame-ancestors ${origins.join(' ')}`));
  // It knows one origin only, and where a browser heeds it beside the policy, it would forbid them all.
  void reply.removeHeader('x-frame-options');
}

/** The token stands in the address: no cache keeps the page, and no other site hears of the address. */
function keepPrivate(reply: FastifyReply): void {
  void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
}

const refusal = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Not available</title></head>
<body><p>This dashboard is not available here.</p></body></html>
`;

/** One page for every reason; it loads nothing, and nobody may frame it: the script shows its own panel instead. */
function refuse(reply: FastifyReply, status: 403 | 503 = 403): FastifyReply {
  return reply.status(status).header('content-security-policy', "default-src 'none'; frame-ancestors 'none'").type('text/html; charset=utf-8').send(refusal);
}
