import type { GraphQLRequest } from '@apollo/server';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { Context } from '../context.js';
import { MEGABYTE, tooLongAnswer } from './limits.js';
import type { Limits } from './limits-by-role.js';

const COST_HEADER = 'x-seatwise-cost';

/** Whether the client wants to know what its request came to: by a header, or by an extension of the request. */
export function asksForCost({ http, extensions }: GraphQLRequest): boolean {
  return http?.headers.get(COST_HEADER) === '1' || extensions?.['cost'] === true;
}

/** A request's own figures beside the limits that they were checked against: `extensions.cost`. */
export function costReport(context: Context, cost: number): Record<string, unknown> {
  const { limits, figures } = context;
  return {
    cost: { value: cost, limit: limits.cost },
    ...(figures === null ? {} : Object.fromEntries(
      (['depth', 'aliases', 'fields', 'tokens'] as const).map((name) => [name, { value: figures[name], limit: limits[name] }]))),
    statementSeconds: { limit: limits.statementSeconds },
    resultBytes: { limit: limits.resultMegabytes * MEGABYTE },
  };
}

/** The limits that an answer's data are held to, and the id of its request. */
const held = new WeakMap<object, { limits: Limits; requestId: string }>();

/** Estimated rows from which an answer is looked through before it is written: as text it might not fit into memory. */
const MANY_ROWS = 10_000;

/**
 * The result of an operation, held to the viewer's limit: `limitedResult` will refuse data whose text is too long. Where many
 * rows were asked for and came they are refused here.
 */
export function heldToLimit(result: ExecutionResult, context: Context, cost: number): ExecutionResult {
  const { data } = result;
  const { limits, requestId } = context;
  if (data == null) return result;
  if (cost > MANY_ROWS && !fits(data, limits.resultMegabytes * MEGABYTE)) return { errors: [tooLongAnswer(limits, null)] };
  held.set(data, { limits, requestId });
  return result;
}

/** The text of an answer, or of the refusal to send one as long. */
export async function limitedResult(result: FormattedExecutionResult): Promise<string> {
  const text = `${JSON.stringify(result)}\n`;
  const limit = typeof result.data === 'object' && result.data !== null ? held.get(result.data) : undefined;
  // A character takes up to three bytes.
  if (limit === undefined || text.length * 3 <= limit.limits.resultMegabytes * MEGABYTE) return text;
  const bytes = Buffer.byteLength(text);
  if (bytes <= limit.limits.resultMegabytes * MEGABYTE) return text;
  const { message, extensions } = tooLongAnswer(limit.limits, bytes);
  return `${JSON.stringify({ errors: [{ message, extensions: { ...extensions, requestId: limit.requestId } }] })}\n`;
}

/** False as soon as the values are certain to take more characters than this as JSON. */
function fits(data: unknown, most: number): boolean {
  let left = most;
  const spend = (value: unknown): void => {
    if (left < 0) return;
    if (typeof value === 'string') left -= value.length + 3;
    else if (typeof value !== 'object' || value === null) left -= 4;
    else if (Array.isArray(value)) for (const part of value) spend(part);
    else for (const key in value) {
      left -= key.length + 3;
      spend((value as Record<string, unknown>)[key]);
    }
  };
  spend(data);
  return left >= 0;
}
