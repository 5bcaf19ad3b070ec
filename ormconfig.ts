import 'reflect-metadata';
import { readConfig } from './server/config.js';
import { dataSourceFor } from './server/db/database.js';

/** The data source for TypeORM's command line, from the same configuration as the server. */
export default await dataSourceFor(readConfig());
