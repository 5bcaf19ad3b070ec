import { setUp } from './setup.mjs';

setUp();
process.env.NODE_ENV ??= 'production';
await import('../dist/server/index.js');
