import { onMariaDb } from '../support/databases.js';
import { sendsHostileValues, title } from './bad-input.js';

onMariaDb(title, sendsHostileValues);
