import {
  Kind, TypeInfo, visit, visitWithTypeInfo, type ASTNode, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema,
  type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql';
import { permissionsBefore } from '../auth/requirements.js';
import type { Permission } from '../graphql.generated.js';

/**
 * The permission that is missing for a root field which the whole schema has and the view has not, the first in the order of
 * the text; null when there is none. A door that is closed says so, or a token that has expired would look like a misspelling.
 */
export function firstClosedRoot(view: GraphQLSchema, whole: GraphQLSchema, document: DocumentNode): Permission | null {
  const fragments = fragmentsOf(document);
  for (const operation of operationsOf(document)) {
    const open = view.getRootType(operation.operation)?.getFields() ?? {};
    const all = whole.getRootType(operation.operation)?.getFields() ?? {};
    for (const name of rootFieldNames(operation.selectionSet, fragments)) {
      const field = all[name];
      if (field !== undefined && !(name in open)) return permissionsBefore(whole, field)[0] ?? null;
    }
  }
  return null;
}

function* rootFieldNames(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, seen = new Set<string>()): Generator<string> {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) yield node.name.value;
    else if (node.kind === Kind.INLINE_FRAGMENT) yield* rootFieldNames(node.selectionSet, fragments, seen);
    else if (!seen.has(node.name.value)) {
      seen.add(node.name.value);
      const fragment = fragments.get(node.name.value);
      if (fragment !== undefined) yield* rootFieldNames(fragment.selectionSet, fragments, seen);
    }
  }
}

const fragmentsOf = (document: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])));

const operationsOf = (document: DocumentNode): OperationDefinitionNode[] =>
  document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);

/**
 * The document without the fields and fragments that the view does not have, and without the variables and fragments that
 * nothing uses then. An operation of which nothing would be left stays as it is, and so does what a mutation changes.
 */
export function leaveOutUnseen(view: GraphQLSchema, document: DocumentNode): DocumentNode {
  let shortened = withoutEmpty(withoutUnknown(view, document));
  const before = new Map(operationsOf(document).map((operation) => [operation.name?.value, operation]));
  // Whoever may ask for nothing of an operation is told so, field by field.
  const definitions = shortened.definitions.flatMap((node) =>
    (node.kind === Kind.OPERATION_DEFINITION && node.selectionSet.selections.length === 0 ? before.get(node.name?.value) ?? [] : node));
  shortened = { ...shortened, definitions };
  return withoutUnused(shortened);
}

function withoutUnknown(view: GraphQLSchema, document: DocumentNode): DocumentNode {
  const types = new TypeInfo(view);
  const isUnknown = (name: string | undefined) => name !== undefined && view.getType(name) === undefined;
  return visit(document, visitWithTypeInfo(types, {
    Field: () => {
      if (types.getFieldDef()) return undefined;
      return types.getParentType() === view.getMutationType() ? false : null;
    },
    InlineFragment: ({ typeCondition }) => (isUnknown(typeCondition?.name.value) ? null : undefined),
    FragmentDefinition: ({ typeCondition }) => (isUnknown(typeCondition.name.value) ? null : undefined),
  }));
}

/** Fields that had something selected below them and have nothing left are left out too, and so on upwards. */
function withoutEmpty(document: DocumentNode): DocumentNode {
  const fragments = new Set(fragmentsOf(document).keys());
  const isEmpty = (node: { selectionSet?: SelectionSetNode | undefined }) => node.selectionSet?.selections.length === 0;
  const shortened: DocumentNode = visit(document, {
    FragmentSpread: ({ name }) => (fragments.has(name.value) ? undefined : null),
    Field: { leave: (node) => (isEmpty(node) ? null : undefined) },
    InlineFragment: { leave: (node) => (isEmpty(node) ? null : undefined) },
    FragmentDefinition: { leave: (node) => (isEmpty(node) ? null : undefined) },
  });
  return fragmentsOf(shortened).size === fragments.size ? shortened : withoutEmpty(shortened);
}

function withoutUnused(document: DocumentNode): DocumentNode {
  const fragments = fragmentsOf(document);
  const used = new Set<string>();
  const operations = operationsOf(document).map((operation) => {
    const reached = reachedFrom(operation, fragments);
    for (const name of reached.fragments) used.add(name);
    const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) => reached.variables.has(variable.name.value));
    return { ...operation, variableDefinitions: definitions };
  });
  return { ...document, definitions: [...operations, ...[...fragments.values()].filter(({ name }) => used.has(name.value))] };
}

/** Names of the fragments and variables that an operation uses, in whatever depth. */
function reachedFrom(operation: OperationDefinitionNode, all: ReadonlyMap<string, FragmentDefinitionNode>): { fragments: Set<string>; variables: Set<string> } {
  const [fragments, variables] = [new Set<string>(), new Set<string>()];
  const look = (node: ASTNode): void => {
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread: ({ name }) => {
        const fragment = all.get(name.value);
        if (fragment === undefined || fragments.has(name.value)) return;
        fragments.add(name.value);
        look(fragment);
      },
    });
  };
  look(operation);
  return { fragments, variables };
}

