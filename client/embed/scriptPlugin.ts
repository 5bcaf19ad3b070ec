import { readFile } from 'node:fs/promises';

import { minifySync, type Plugin, transformWithOxc } from 'vite';

const SOURCE = new URL('element.ts', import.meta.url);
const FILE = 'embed.js';

async function script(): Promise<string> {
  const { code } = await transformWithOxc(await readFile(SOURCE, 'utf8'), SOURCE.pathname, { target: 'es2022', sourcemap: false });
  return minifySync(FILE, code).code;
}

/** Makes `/embed.js` of `element.ts`: one file under a name that stays, which other people's pages refer to, without imports or exports. */
export function embedScript(): Plugin {
  return {
    name: 'seatwise-embed-script',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: FILE, source: await script() });
    },
    configureServer(server) {
      server.middlewares.use(`/${FILE}`, (_request, response, next) => {
        script().then((code) => response.setHeader('content-type', 'text/javascript').end(code), next);
      });
    },
  };
}
