import { describe } from '@jest/globals';
import { sqlite } from '../support/databases.js';
import { sendsHostileValues, title } from './bad-input.js';

describe(`${title} on SQLite`, () => sendsHostileValues(sqlite));
