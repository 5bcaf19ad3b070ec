import { describe } from '@jest/globals';
import { sqlite } from '../support/databases.js';
import { killsWhileImporting, title } from './imports-crash.js';

describe(`${title} on SQLite`, () => killsWhileImporting(sqlite));
