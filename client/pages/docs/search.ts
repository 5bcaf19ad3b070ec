import { type DocModel, hrefOf } from './model';

/** One place in the docs that has the text. */
export interface DocHit {
  name: string;
  /** "Query", "Change", "Type", "Field", "Value". */
  kind: string;
  description: string;
  href: string;
}

const MOST = 60;

function rank(name: string, description: string, wanted: string): number {
  const own = (name.split('.').at(-1) ?? name).toLowerCase();
  if (own === wanted || name.toLowerCase() === wanted) return 0;
  if (own.startsWith(wanted)) return 1;
  if (name.toLowerCase().includes(wanted)) return 2;
  return description.toLowerCase().includes(wanted) ? 3 : -1;
}

function entries({ queries, changes, types }: DocModel): DocHit[] {
  const entry = (kind: string, name: string, description: string): DocHit => ({ kind, name, description, href: hrefOf(name) });
  return [
    ...queries.map(({ name, description }) => entry('Query', `Query.${name}`, description)),
    ...changes.map(({ name, description }) => entry('Change', `Mutation.${name}`, description)),
    ...[...types.values()].flatMap((type) => [
      entry('Type', type.name, type.description),
      ...type.fields.map(({ name, description }) => entry('Field', `${type.name}.${name}`, description)),
      ...type.inputs.map(({ name, description }) => entry('Field', `${type.name}.${name}`, description)),
      ...type.values.map(({ name, description }) => entry('Value', `${type.name}.${name}`, description)),
    ]),
  ];
}

/** The places that have the text in name or description, names first; and how many there are. */
export function searchDocs(model: DocModel, text: string): { hits: DocHit[]; total: number } {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return { hits: [], total: 0 };
  const found = entries(model)
    .map((hit) => ({ hit, place: rank(hit.name, hit.description, wanted) }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place);
  return { hits: found.slice(0, MOST).map(({ hit }) => hit), total: found.length };
}
