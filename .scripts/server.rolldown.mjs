import { defineConfig } from 'rolldown';

/**
 * The server in a few files, with the libraries it uses: two thirds of the time to start went into finding and reading
 * thousands of small ones. Types are checked by `npm run types`.
 */
export default defineConfig({
  input: {
    index: 'server/index.ts',
    'rollup-command': 'server/activity-rollup/command.ts',
    'sqlite-reader': 'server/db/dialect/sqlite-reader.ts',
  },
  platform: 'node',
  // Machine code is loaded from where it was installed.
  external: [/^@node-rs\//, /^@photostructure\//],
  output: { dir: 'dist/server', cleanDir: true, sourcemap: true },
});
