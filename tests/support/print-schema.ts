import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from '../../server/schema.js';

/** `npm run schema:print`: commits the public schema to a copy, so that every change to it shows in review. */
writeFileSync(new URL('../schema/printed.graphql', import.meta.url), `${printSchema(lexicographicSortSchema(createSchema()))}\n`);
