import { GraphQLError } from 'graphql';
import { overLimit } from '../errors.js';
import type { Limits } from './limits-by-role.js';
import { DEEPEST_VALUES, inWords, tooDeepValues, type Figures, type Measures } from './limits-measure.js';

const advice: Readonly<Record<keyof Figures, string>> = {
  tokens: 'Ask for less in one query, and give long lists of values as variables.',
  depth: 'Ask for fewer levels of fields below each other.',
  aliases: 'Ask for fewer things under names of your own; a fragment counts as often as it is spread.',
  fields: 'Ask for fewer fields; a fragment counts as often as it is spread.',
};

const checked: readonly (keyof Figures)[] = ['tokens', 'depth', 'aliases', 'fields'];

/**
 * Refuses a text that is over one of the viewer's limits, before it is validated: that can take long itself, longest where fragments
 * go in a circle. Returns its figures. Throws QUERY_TOO_LARGE, GRAPHQL_PARSE_FAILED, and GRAPHQL_VALIDATION_FAILED for a circle.
 */
export function checkText(measures: Measures, limits: Limits, text: string): Figures {
  const figures = measured(measures, limits, text);
  if (figures === null) {
    throw new GraphQLError('Fragments of the query spread each other in a circle.', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
  }
  for (const name of checked) {
    const [value, limit] = [figures[name], limits[name]];
    if (value > limit) throw overLimit({ name, value: limit, actual: value }, `Query ${name} ${inWords(name, value)}, your limit is ${limit}. ${advice[name]}`);
  }
  return figures;
}

const LONGEST_MESSAGE = 400;

function measured(measures: Measures, limits: Limits, text: string): Figures | null {
  try {
    return measures.of(text, limits.tokens);
  } catch (error) {
    // Brackets within brackets by the thousand fill the parser's stack.
    if (error instanceof RangeError) throw overLimit({ name: 'depth', value: limits.depth, actual: null }, `The query is nested too deeply, your limit is ${limits.depth}. ${advice.depth}`);
    if (!(error instanceof GraphQLError) || 'code' in error.extensions) throw error;
    // The message repeats what was met, which may be of any length.
    const message = error.message.length <= LONGEST_MESSAGE ? error.message : `${error.message.slice(0, LONGEST_MESSAGE)} …`;
    throw new GraphQLError(message, { source: error.source, positions: error.positions, extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
  }
}

/** Refuses an operation that may bring more rows than the viewer's limit. Throws QUERY_TOO_LARGE. */
export function checkCost(limits: Limits, cost: number): void {
  if (cost <= limits.cost) return;
  throw overLimit(
    { name: 'cost', value: limits.cost, actual: cost },
    `Query cost ${cost}, your limit is ${limits.cost}. Lower \`first\` on lists or ask for fewer nested fields.`,
  );
}

/** Refuses variables that nest without end, on which whatever looks at them next would run out of stack. Throws QUERY_TOO_LARGE. */
export function checkVariables(variables: unknown): void {
  let depth = 0;
  for (let level = below([variables]); level.length > 0; level = below(level)) depth += 1;
  if (depth > DEEPEST_VALUES) throw tooDeepValues('variableDepth', depth);
}

function below(values: readonly unknown[]): unknown[] {
  return values.flatMap((value) => (typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : []));
}

export const MEGABYTE = 1_048_576;

/** An answer that has grown larger than the viewer's limit; null for the bytes where the counting stopped at the limit. */
export function tooLongAnswer(limits: Limits, bytes: number | null): GraphQLError {
  const limit = limits.resultMegabytes * MEGABYTE;
  return overLimit(
    { name: 'resultBytes', value: limit, actual: bytes },
    `The answer has ${bytes ?? `more than ${limit}`} bytes, your limit is ${limit}. Lower \`first\` on lists, or take whole lists away as files.`,
  );
}
