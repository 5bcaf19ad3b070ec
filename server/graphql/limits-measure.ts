import {
  Kind, Lexer, parse, Source, TokenKind, type DocumentNode, type FragmentDefinitionNode, type GraphQLError, type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { overLimit } from '../errors.js';

/** How large a query is, as far as its text tells. */
export interface Figures {
  readonly tokens: number;
  /** Of the deepest operation, introspection aside: that has a limit of its own. */
  readonly depth: number;
  /** Of the operation with the most. */
  readonly aliases: number;
  readonly fields: number;
}

/** A longer text is not counted to its end: 50,000 tokens take some milliseconds. */
const COUNTED_TOKENS = 50_000;
/** Fragments that spread each other double with each; beyond this a figure says nothing. */
const LARGEST = 1e15;

/** What the tokens of a text tell before it is parsed. */
interface Scan {
  tokens: number;
  /** How many braces and brackets are open at once at most: fields within fields, and values within values. */
  nesting: number;
}

const opening = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L]);
const closing = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R]);

/** Tokens as the parser counts them, at most one more than `most`. What is no token ends the count: the parser will say so. */
export function scan(text: string, most = COUNTED_TOKENS): Scan {
  const lexer = new Lexer(new Source(text));
  let [tokens, open, nesting] = [0, 0, 0];
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF && tokens <= most; { kind } = lexer.advance()) {
      tokens += 1;
      open += opening.has(kind) ? 1 : closing.has(kind) ? -1 : 0;
      nesting = Math.max(nesting, open);
    }
  } catch {
    return { tokens, nesting };
  }
  return { tokens, nesting };
}

/** A figure in words. */
export function inWords(name: keyof Figures, value: number): string {
  if (name === 'tokens' && value > COUNTED_TOKENS) return `more than ${COUNTED_TOKENS}`;
  return value >= LARGEST ? `more than ${LARGEST}` : String(value);
}

interface Size {
  depth: number;
  aliases: number;
  fields: number;
}

/**
 * The size of the operations of a document, with fragments where they are spread. Every fragment is looked at once, so that
 * fragments which spread each other cost no more than their text. Null when they do so in a circle: that is no valid query.
 */
export function sizeOf(document: DocumentNode): Size | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const known = new Map<string, Size | 'open'>();
  let circle = false;

  const ofFragment = (name: string): Size => {
    const found = known.get(name);
    circle ||= found === 'open';
    const definition = fragments.get(name);
    if (definition === undefined || found === 'open') return { depth: 0, aliases: 0, fields: 0 };
    if (found !== undefined) return found;
    known.set(name, 'open');
    const size = ofSelections(definition.selectionSet);
    known.set(name, size);
    return size;
  };

  const ofSelections = ({ selections }: SelectionSetNode): Size => {
    const total: Size = { depth: 0, aliases: 0, fields: 0 };
    for (const node of selections) {
      const below = node.kind === Kind.FRAGMENT_SPREAD ? ofFragment(node.name.value)
        : node.selectionSet === undefined ? { depth: 0, aliases: 0, fields: 0 } : ofSelections(node.selectionSet);
      const isField = node.kind === Kind.FIELD;
      // Tools ask for the schema some twenty levels deep; graphql itself limits how its lists nest.
      const level = isField && !node.name.value.startsWith('__') ? 1 : 0;
      total.depth = Math.max(total.depth, isField && level === 0 ? 0 : level + below.depth);
      total.aliases = Math.min(total.aliases + below.aliases + (isField && node.alias !== undefined ? 1 : 0), LARGEST);
      total.fields = Math.min(total.fields + below.fields + (isField ? 1 : 0), LARGEST);
    }
    return total;
  };

  const sizes = document.definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? [ofSelections(node.selectionSet)] : []));
  const largest = (name: keyof Size) => Math.max(0, ...sizes.map((size) => size[name]));
  return circle ? null : { depth: largest('depth'), aliases: largest('aliases'), fields: largest('fields') };
}

/** Values may lie in lists and objects, so deep at most: a filter has eight levels of its own. */
export const DEEPEST_VALUES = 50;

const REMEMBERED_CHARACTERS = 4_000_000;

/** Refusal of values within values without end, in a text or in variables. */
export function tooDeepValues(name: 'valueDepth' | 'variableDepth', actual: number): GraphQLError {
  const whose = name === 'valueDepth' ? 'Values in the query' : 'Variables';
  return overLimit({ name, value: DEEPEST_VALUES, actual }, `${whose} nest ${actual} levels deep, your limit is ${DEEPEST_VALUES}.`);
}

/** Measures texts, and remembers those that it has met. */
export class Measures {
  readonly #known = new LRUCache<string, Figures>({ max: 2000, maxSize: REMEMBERED_CHARACTERS, sizeCalculation: (_figures, text) => text.length + 100 });

  /**
   * The figures of a text. With more tokens than `mostTokens` it is not parsed, and its other figures are 0. Null when its
   * fragments go in a circle. Throws a GraphQLError when it is no GraphQL, and QUERY_TOO_LARGE for values too far within each other.
   */
  of(text: string, mostTokens: number): Figures | null {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const { tokens, nesting } = scan(text, Math.max(COUNTED_TOKENS, mostTokens));
    if (tokens > mostTokens) return { tokens, depth: 0, aliases: 0, fields: 0 };
    const size = sizeOf(parse(text, { noLocation: true, maxTokens: mostTokens }));
    if (size === null) return null;
    // To validate values takes the square of their depth.
    if (nesting - size.depth > DEEPEST_VALUES) throw tooDeepValues('valueDepth', nesting - size.depth);
    const figures = { tokens, ...size };
    if (text.length < REMEMBERED_CHARACTERS / 10) this.#known.set(text, figures);
    return figures;
  }
}
