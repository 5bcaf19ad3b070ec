import type { FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';
import type { Database } from '../db/database.js';

/** `/health/live`: the process answers. `/health/ready`: the database does too. */
export function registerHealth(app: FastifyInstance, database: Database): void {
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    try {
      await database.read(sql`select 1 as one`);
      return { status: 'ok' };
    } catch {
      return reply.status(503).header('retry-after', '5').send({ status: 'unavailable' });
    }
  });
}
