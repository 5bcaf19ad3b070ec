import { createHash } from 'node:crypto';

import { Kind, print, stripIgnoredCharacters, visit } from 'graphql';

/** The definitions of a document's operation and of every fragment that it uses, in the order of their first use. */
function withFragments(operation, fragments) {
  const used = new Map();
  const collect = (definition) => visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (!fragment || used.has(name.value)) return;
      used.set(name.value, fragment);
      collect(fragment);
    },
  });
  collect(operation);
  return [operation, ...used.values()];
}

/**
 * Gives every operation of the client an id, the digest of its text. For the server (`texts: true`) it writes the texts by id: what an
 * embed token runs is one of these. For the client it writes the ids by name, which is all that an embedded page sends.
 * @type {import('@graphql-codegen/plugin-helpers').PluginFunction}
 */
export function plugin(_schema, documents, { texts = false }) {
  const definitions = documents.flatMap(({ document }) => document?.definitions ?? []);
  const fragments = new Map(definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((fragment) => [fragment.name.value, fragment]));
  const operations = definitions
    .filter(({ kind, name }) => kind === Kind.OPERATION_DEFINITION && name)
    .map((operation) => {
      const text = stripIgnoredCharacters(print({ kind: Kind.DOCUMENT, definitions: withFragments(operation, fragments) }));
      return { name: operation.name.value, text, id: `sha256:${createHash('sha256').update(text).digest('hex')}` };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = operations.map(({ id, name, text }) => (texts ? `  ${JSON.stringify(id)}: ${JSON.stringify({ name, text })},` : `  ${name}: '${id}',`));
  return texts
    ? `/** An operation of the client. */\nexport interface PersistedDocument {\n  name: string;\n  text: string;\n}\n\n/** The client's operations by the digest of their text. */\nexport const persistedDocuments: Readonly<Record<string, PersistedDocument>> = {\n${lines.join('\n')}\n};\n`
    : `/** The ids of the client's operations, by name. */\nexport const documentIds: Readonly<Record<string, string>> = {\n${lines.join('\n')}\n};\n`;
}
