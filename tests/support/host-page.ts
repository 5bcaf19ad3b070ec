import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else, served from an origin of its own. */
export interface HostSite {
  origin: string;
  /** Serves this body at `/`, and `tokens()` at `/token?for=name`, as the page's own server would. */
  show(body: string, tokens?: (name: string) => string): void;
  stop(): Promise<void>;
}

/** A server of its own port: to the browser another site's origin. */
export async function startHostSite(): Promise<HostSite> {
  let body = '';
  let tokenOf: (name: string) => string = () => '';
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    if (pathname === '/token') {
      response.setHeader('content-type', 'text/plain').end(tokenOf(searchParams.get('for') ?? ''));
    } else if (pathname === '/') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Host</title></head><body>${body}</body></html>`);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (html, tokens = () => '') => {
      body = html;
      tokenOf = tokens;
    },
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
