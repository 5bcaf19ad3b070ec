import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

import { inlineDocuments } from './api/inlineDocuments.ts';
import { embedScript } from './embed/scriptPlugin.ts';

/** The server answers these paths; in development Vite hands them on. */
const SERVER = 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [inlineDocuments(), react(), embedScript(), compression({ algorithms: ['brotliCompress', 'gzip'], threshold: 1024 })],
  server: { proxy: { '/graphql': SERVER, '/health': SERVER } },
  // The editor's workers of Explore load parts of themselves, which only modules can.
  worker: { format: 'es' },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    // A lower target makes the minifier rewrite light-dark() into something that ignores our scheme switch.
    cssTarget: 'esnext',
    manifest: true,
    rolldownOptions: {
      // Packages say to React's compiler, which is not used here, what it should leave alone.
      onLog: (level, log, report) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
      output: {
        // Few requests for the first page: each costs its headers, and small files compress badly.
        codeSplitting: {
          groups: [
            { name: 'vendor', tags: ['$initial'], test: /node_modules/, priority: 3 },
            { name: 'app', tags: ['$initial'], priority: 2 },
            // What every chart needs in one file; zoom, marks and lines follow where a chart has them.
            {
              name: 'echarts',
              test: /node_modules\/(echarts|zrender)\/(?!.*(dataZoom|marker|MarkLine|chart\/line|Roam|sliderMove|listComponent))/,
              includeDependenciesRecursively: false,
              priority: 2,
            },
            { name: 'charts', test: /client\/charts\/(?!reports\/|[\w.]*engine)/, priority: 1 },
          ],
        },
      },
    },
    // An inlined font or image would need data: in the page's CSP.
    assetsInlineLimit: 0,
  },
});
