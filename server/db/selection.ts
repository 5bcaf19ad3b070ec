import { Kind, type FieldNode, type FragmentDefinitionNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

/** The field names asked for below a field, fragments included; @skip and @include count as asked for. */
export class Selection {
  private readonly children = new Map<string, FieldNode[]>();

  constructor(
    sets: readonly SelectionSetNode[],
    private readonly fragments: Record<string, FragmentDefinitionNode>,
  ) {
    for (const set of sets) this.collect(set);
  }

  has(...names: string[]): boolean {
    return names.some((name) => this.children.has(name));
  }

  /** What is asked for below one or several of the fields, merged. */
  below(...names: string[]): Selection {
    const sets = names.flatMap((name) => this.children.get(name) ?? []).flatMap((node) => node.selectionSet ?? []);
    return new Selection(sets, this.fragments);
  }

  /** Both selections together. */
  static merged(left: Selection, right: Selection): Selection {
    const both = new Selection([], left.fragments);
    for (const { children } of [left, right]) {
      for (const [name, nodes] of children) both.children.set(name, [...(both.children.get(name) ?? []), ...nodes]);
    }
    return both;
  }

  private collect(set: SelectionSetNode): void {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        this.children.set(node.name.value, [...(this.children.get(node.name.value) ?? []), node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        this.collect(node.selectionSet);
      } else {
        const fragment = this.fragments[node.name.value];
        if (fragment !== undefined) this.collect(fragment.selectionSet);
      }
    }
  }
}

/**
 * Documents are cached, so a selection is worked out once for each of them and field. By the list of nodes: a node in a fragment stands
 * wherever the fragment does, each time with other nodes beside it, and in the documents of viewers who see less of the fragment.
 */
const known = new WeakMap<readonly FieldNode[], unknown>();

/** Something derived from what is asked for below the resolved field, made once per document. */
export function fromSelection<T>(info: GraphQLResolveInfo, derive: (selection: Selection) => T): T {
  const found = known.get(info.fieldNodes);
  if (found !== undefined) return found as T;
  const sets = info.fieldNodes.flatMap((node) => node.selectionSet ?? []);
  const derived = derive(new Selection(sets, info.fragments));
  known.set(info.fieldNodes, derived);
  return derived;
}

/** The selection on the rows of a connection, whether reached by `nodes` or by `edges { node }`. */
export function rowsOf(connection: Selection): Selection {
  const nodes = connection.below('nodes');
  return connection.has('edges') ? Selection.merged(nodes, connection.below('edges').below('node')) : nodes;
}
