import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

/** Runs `workerData.source` as a thread: Node's threads know nothing of TypeScript, whatever the process was started with. */
register();
await import(workerData.source);
