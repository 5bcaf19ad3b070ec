import { coerceInputValue, isInputType, type GraphQLSchema } from 'graphql';
import { badInput } from '../errors.js';
import { isCalendarDay } from '../reports/shapes/days.js';
import type { ExportedList, ListQuestion } from './lists.js';

const MOST_CHARACTERS = 10_000;

/** The rows asked for, from the texts of the address. Throws BAD_USER_INPUT, naming the parameter, on anything the SDL would refuse. */
export function readQuestion(schema: GraphQLSchema, { inputs }: ExportedList, query: Readonly<Record<string, unknown>>): ListQuestion {
  const { asOf } = query;
  if (asOf !== undefined && (typeof asOf !== 'string' || !isCalendarDay(asOf))) throw badInput('asOf', 'must be a day YYYY-MM-DD');
  return { filter: input(schema, 'filter', inputs.filter, query['filter']), orderBy: input(schema, 'orderBy', inputs.orderBy, query['orderBy']), asOf: asOf ?? null };
}

/** A parameter that holds an input of the SDL as JSON. */
function input(schema: GraphQLSchema, parameter: string, typeName: string, text: unknown): unknown {
  if (text === undefined || text === '') return null;
  const type = schema.getType(typeName);
  if (!isInputType(type)) throw badInput(parameter, 'is not open to you; export without it');
  return coerceInputValue(parsed(parameter, text), type, (path, _, error) => {
    throw badInput([parameter, ...path].join('.'), error.message);
  });
}

function parsed(parameter: string, text: unknown): unknown {
  if (typeof text !== 'string' || text.length > MOST_CHARACTERS) throw badInput(parameter, `must be one JSON text of at most ${MOST_CHARACTERS} characters`);
  try {
    return JSON.parse(text);
  } catch {
    throw badInput(parameter, 'is no JSON');
  }
}
