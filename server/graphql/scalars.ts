import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { isCalendarDay } from '../reports/shapes/days.js';
import { isKnownCurrency } from '../reports/shapes/money.js';

/** More digits than any amount has; a longer number is an attack on the arithmetic. */
const MAX_DECIMAL_LENGTH = 40;

/** A scalar whose values are checked texts. */
function textScalar(name: string, check: (text: string) => string | null): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    const parsed = typeof value === 'string' ? check(value) : null;
    if (parsed === null) throw new GraphQLError(`${name} cannot represent ${describe(value)}`);
    return parsed;
  };
  return new GraphQLScalarType({
    name,
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 50)) : 'a value that is not a string';
}

function decimalText(text: string): string | null {
  return text.length <= MAX_DECIMAL_LENGTH && /^-?\d+(\.\d+)?$/.test(text) ? text : null;
}

/** Resolvers of the scalars in schema/root.graphql. */
export const scalars = {
  Date: textScalar('Date', (text) => (isCalendarDay(text) ? text : null)),
  DateTime: new GraphQLScalarType({ ...GraphQLDateTimeISO.toConfig(), name: 'DateTime' }),
  Decimal: textScalar('Decimal', decimalText),
  CurrencyCode: textScalar('CurrencyCode', (text) => (isKnownCurrency(text) ? text : null)),
};
