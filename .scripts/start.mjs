import { demoProvider } from './demo-provider.mjs';
import { setUp } from './setup.mjs';

setUp();
process.env.NODE_ENV ??= 'production';
const startProvider = await demoProvider();
await import('../dist/server/index.js');
startProvider();
