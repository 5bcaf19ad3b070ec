import { getNamedType, isEnumType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/**
 * Writes the SDL descriptions of every field the client asks for, and of the enum values these can have, so that
 * definitions on screen are the API's own sentences and are typed nowhere twice.
 * @type {import('@graphql-codegen/plugin-helpers').PluginFunction}
 */
export function plugin(schema, documents) {
  const found = new Map();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field() {
      const field = types.getFieldDef();
      const parent = types.getParentType();
      if (!field || !parent || field.name.startsWith('__')) return;
      if (field.description) found.set(`${parent.name}.${field.name}`, field.description);
      const type = getNamedType(field.type);
      if (!isEnumType(type)) return;
      for (const value of type.getValues()) {
        if (value.description) found.set(`${type.name}.${value.name}`, value.description);
      }
    },
  });
  for (const { document } of documents) if (document) visit(document, visitor);
  const lines = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, text]) => `  ${JSON.stringify(key)}: ${JSON.stringify(text)},`);
  return `/** Definitions from the SDL, by \`Type.field\` or \`Enum.VALUE\`. */\nexport const descriptions = {\n${lines.join('\n')}\n};\n`;
}
