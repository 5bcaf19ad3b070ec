import { onMariaDb } from '../support/databases.js';
import { killsWhileImporting, title } from './imports-crash.js';

onMariaDb(title, killsWhileImporting);
