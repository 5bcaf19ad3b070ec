import { readFileSync } from 'node:fs';

import { type DocumentNode, print, stripIgnoredCharacters } from 'graphql';
import type { Plugin } from 'vite';

/** What codegen made of the documents; it has found all faults by the time we read it. */
const GENERATED = new URL('generated/graphql.ts', import.meta.url);

const CALL = /\bgraphql\(\s*`\s*(query|mutation|subscription|fragment)\s+(\w+)[^`]*`,?\s*\)/g;
const DOCUMENT = /^export const (\w+) = (\{.*\}) as unknown as DocumentNode/gm;

/** The text of every generated document, its fragments included, without insignificant characters. */
function readDocuments(): Map<string, string> {
  const source = readFileSync(GENERATED, 'utf8');
  return new Map(
    [...source.matchAll(DOCUMENT)].map(([, name = '', json = '']) => [
      name,
      stripIgnoredCharacters(print(JSON.parse(json) as DocumentNode)),
    ]),
  );
}

/**
 * Puts each document as text where it is used. Otherwise one module holds the syntax trees of all pages, and the first
 * page to load brings them all; urql takes text as well, and parses it once.
 */
export function inlineDocuments(): Plugin {
  let documents: Map<string, string> | null = null;
  return {
    name: 'seatwise-inline-documents',
    enforce: 'pre',
    watchChange: () => {
      documents = null;
    },
    transform(code, id) {
      if (!/\/client\/.*\.tsx?$/.test(id) || id.includes('/generated/') || !code.includes('graphql(')) return null;
      documents ??= readDocuments();
      const known = documents;
      return code.replace(CALL, (_call, kind: string, name: string) => {
        const text = known.get(kind === 'fragment' ? `${name}FragmentDoc` : `${name}Document`);
        if (text === undefined) throw new Error(`${id}: run codegen, it does not know the ${kind} ${name}`);
        return JSON.stringify(text);
      });
    },
  };
}
