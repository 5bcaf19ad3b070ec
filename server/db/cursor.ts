import { z } from 'zod';
import { badInput } from '../errors.js';
import type { OrderDirection } from '../graphql.generated.js';

export type CursorKey = string | number;

/** The place of a row under one ordering. It holds nothing but what the row itself showed. */
export interface Cursor {
  order: string;
  direction: OrderDirection;
  key: CursorKey;
  /** A text where rows have no number of their own. */
  id: number | string;
}

const cursorShape = z.tuple([
  z.string(),
  z.enum(['ASC', 'DESC']),
  z.union([z.string().max(1024), z.number()]),
  z.union([z.int().nonnegative(), z.string().max(600)]),
]);

const MAX_CURSOR_LENGTH = 4096;

export function encodeCursor({ order, direction, key, id }: Cursor): string {
  return Buffer.from(JSON.stringify([order, direction, key, id])).toString('base64url');
}

/** Throws BAD_USER_INPUT for anything that is not a cursor of this ordering. */
export function decodeCursor(text: string, expected: { name: string; direction: OrderDirection }): Cursor {
  const [order, direction, key, id] = cursorShape.safeParse(jsonOf(text)).data ?? [];
  if (order === undefined || direction === undefined || key === undefined || id === undefined) {
    throw badInput('after', 'is not a cursor of this list');
  }
  if (order !== expected.name || direction !== expected.direction) {
    throw badInput('after', 'is a cursor of another ordering; start again without it');
  }
  return { order, direction, key, id };
}

function jsonOf(text: string): unknown {
  if (text.length > MAX_CURSOR_LENGTH) return undefined;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
