import { setUp } from './setup.mjs';

setUp();
process.env.NODE_ENV ??= 'production';
process.setSourceMapsEnabled(true);
await import('../dist/server/index.js');
