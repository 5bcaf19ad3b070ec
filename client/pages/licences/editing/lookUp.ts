import { distance } from 'fastest-levenshtein';
import type { Client } from 'urql';

import { graphql } from '../../../api/generated';
import type { LookedUp, Option } from '../../../ui/grid/editing/types';

const OwnersByName = graphql(`
  query OwnersByName($companies: CompanyFilter!, $partners: PartnerFilter!, $readCompanies: Boolean!, $readPartners: Boolean!) {
    companies(first: 500, filter: $companies, orderBy: { field: NAME }) @include(if: $readCompanies) {
      nodes {
        id
        name
      }
    }
    partners(first: 500, filter: $partners, orderBy: { field: NAME }) @include(if: $readPartners) {
      nodes {
        id
        name
      }
    }
  }
`);

const ProductsByName = graphql(`
  query ProductsByName($filter: ProductFilter!) {
    products(first: 500, filter: $filter, orderBy: { field: LABEL }) {
      nodes {
        id
        code
        label
      }
    }
  }
`);

/** What there is to ask: all that has one of these names, or all in which a text occurs. */
interface Source {
  named(texts: readonly string[]): Promise<Candidate[]>;
  like(text: string): Promise<Candidate[]>;
}

/** Something a text may mean, by any of its names. */
interface Candidate extends Option {
  names: readonly string[];
}

/** Names asked for at once, and unknown ones for which others that come near are looked for. */
const atOnce = 200;
const most = 25;

const folded = (text: string) => text.normalize('NFKC').toLocaleLowerCase('en').replace(/\s+/g, ' ').trim();
const nearest = (text: string, { names }: Candidate) => Math.min(...names.map((name) => distance(folded(text), folded(name))));
const option = ({ value, label }: Candidate): Option => ({ value, label });

/** Names that come near: those with the longest word of the text, or else its beginning, in order of likeness. */
async function nearOf(text: string, source: Source): Promise<Option[]> {
  const word = text.split(/[^\p{L}\p{N}]+/u).sort((a, b) => b.length - a.length)[0] ?? '';
  if (word === '') return [];
  let candidates = await source.like(word);
  if (candidates.length === 0 && word.length > 3) candidates = await source.like(word.slice(0, 3));
  const alike = candidates.filter(({ names }) => names.some((name) => folded(name).includes(folded(text)) || distance(folded(name), folded(text)) <= text.length / 2));
  return alike.sort((a, b) => nearest(text, a) - nearest(text, b)).slice(0, 3).map(option);
}

/** What names mean: the one thing so called, letter case aside; of several, or of none, what may be meant. */
async function lookUp(texts: readonly string[], source: Source): Promise<Map<string, LookedUp>> {
  const answers = new Map<string, LookedUp>();
  const unknown: string[] = [];
  for (let from = 0; from < texts.length; from += atOnce) {
    const part = texts.slice(from, from + atOnce);
    const candidates = await source.named(part);
    for (const text of part) {
      const exact = candidates.filter(({ names }) => names.some((name) => folded(name) === folded(text)));
      const [only] = exact;
      if (only && exact.length === 1) answers.set(text, { found: option(only), near: [] });
      else if (exact.length > 1) answers.set(text, { near: exact.slice(0, 3).map((one) => ({ value: one.value, label: `${one.label} (${one.value.replace(':', ' ')})` })) });
      else unknown.push(text);
    }
  }
  await Promise.all(unknown.slice(0, most).map(async (text) => answers.set(text, { near: await nearOf(text, source) })));
  return answers;
}

/** Companies and partners by name. */
export function lookUpOwners(client: Client, texts: readonly string[], may: { companies: boolean; partners: boolean }) {
  const ask = async (companies: object, partners: object): Promise<Candidate[]> => {
    const { data, error } = await client.query(OwnersByName, { companies, partners, readCompanies: may.companies, readPartners: may.partners }).toPromise();
    if (error) throw error;
    return [
      ...(data?.companies?.nodes ?? []).map(({ id, name }) => ({ value: `Company:${id}`, label: name, names: [name] })),
      ...(data?.partners?.nodes ?? []).map(({ id, name }) => ({ value: `Partner:${id}`, label: name, names: [name] })),
    ];
  };
  return lookUp(texts, {
    named: (names) => ask({ name: { in: [...names] } }, { name: { in: [...names] } }),
    like: (search) => ask({ name: { contains: search } }, { name: { contains: search } }),
  });
}

/** Products by label, by code, or by both as the lists show them. */
export function lookUpProducts(client: Client, texts: readonly string[]) {
  const ask = async (filter: object): Promise<Candidate[]> => {
    const { data, error } = await client.query(ProductsByName, { filter }).toPromise();
    if (error) throw error;
    return (data?.products.nodes ?? []).map(({ id, code, label }) => ({ value: id, label: `${label} (${code})`, names: [label, code, `${label} (${code})`] }));
  };
  const bare = (text: string) => text.replace(/\s*\([^()]*\)$/, '');
  return lookUp(texts, {
    named: (names) => ask({ or: [{ label: { in: names.flatMap((name) => [name, bare(name)]) } }, { code: { in: [...names] } }] }),
    like: (search) => ask({ search }),
  });
}
