import { MapperKind, mapSchema, pruneSchema, type DirectableGraphQLObject } from '@graphql-tools/utils';
import { GraphQLObjectType, GraphQLSchema, specifiedRules, validate, type DocumentNode, type GraphQLError, type GraphQLOutputType } from 'graphql';
import { LRUCache } from 'lru-cache';
import { permissionOf, permissionsBefore } from '../auth/requirements.js';
import type { Permission } from '../graphql.generated.js';
import { createExecutor } from './executor.js';
import { firstClosedRoot, leaveOutUnseen } from './schema-view-documents.js';

/** Nobody mends a hundred faults at once, and finding what each was meant to be takes time. */
export const MAX_FAULTS = 20;

/** Tokens may hold any choice of permissions; a view that nobody used for long is made again in some milliseconds. */
const KEPT_VIEWS = 100;

/**
 * The schema as each set of permissions sees it. What @requires keeps from a viewer is not there: not in introspection, not
 * for validation, not for variables, not when a query runs. One view for each set of permissions that makes a difference.
 */
export class SchemaViews {
  readonly #views = new LRUCache<string, SchemaView>({ max: KEPT_VIEWS });
  /** A viewer brings the same set with every request for some seconds. */
  readonly #recent = new WeakMap<ReadonlySet<Permission>, SchemaView>();
  readonly #named: readonly Permission[];

  constructor(private readonly schema: GraphQLSchema) {
    this.#named = permissionsNamedIn(schema);
  }

  /** What a viewer who holds these permissions sees; nobody in particular holds none. */
  of(permissions: ReadonlySet<Permission>): SchemaView {
    const recent = this.#recent.get(permissions);
    if (recent !== undefined) return recent;
    const held = this.#named.filter((permission) => permissions.has(permission));
    const view = this.#views.get(held.join()) ?? this.#make(held);
    this.#views.set(held.join(), view);
    this.#recent.set(permissions, view);
    return view;
  }

  #make(held: readonly Permission[]): SchemaView {
    return new SchemaView(held.length === this.#named.length ? this.schema : visiblePart(this.schema, new Set(held)), this.schema);
  }
}

/** The schema as one set of permissions sees it. What is found out about a document is kept as long as the document. */
export class SchemaView {
  readonly run: ReturnType<typeof createExecutor>;
  readonly #faults = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  readonly #closed = new WeakMap<DocumentNode, Permission | null>();
  readonly #shortened = new WeakMap<DocumentNode, DocumentNode>();

  constructor(
    readonly schema: GraphQLSchema,
    private readonly whole: GraphQLSchema,
  ) {
    this.run = createExecutor(schema);
  }

  /** A permission that some operation of the document lacks to ask for one of its root fields; null: none is closed. */
  closedBy(document: DocumentNode): Permission | null {
    return remembered(this.#closed, document, () => firstClosedRoot(this.schema, this.whole, document));
  }

  /** Why the document does not fit this view. */
  faultsOf(document: DocumentNode): readonly GraphQLError[] {
    return remembered(this.#faults, document, () => validate(this.schema, document, specifiedRules, { maxErrors: MAX_FAULTS }));
  }

  /** The document without what this view does not have, for clients that wish it; root fields of changes are never left out. */
  withoutUnseen(document: DocumentNode): DocumentNode {
    return this.schema === this.whole ? document : remembered(this.#shortened, document, () => leaveOutUnseen(this.schema, document));
  }
}

function remembered<T>(known: WeakMap<DocumentNode, T>, document: DocumentNode, find: () => T): T {
  const found = known.get(document);
  if (found !== undefined) return found;
  const value = find();
  known.set(document, value);
  return value;
}

function permissionsNamedIn(schema: GraphQLSchema): Permission[] {
  const named = new Set<Permission>();
  const note = (part: DirectableGraphQLObject): undefined => {
    const permission = permissionOf(schema, part);
    if (permission !== null) named.add(permission);
  };
  mapSchema(schema, {
    [MapperKind.OBJECT_TYPE]: note, [MapperKind.COMPOSITE_FIELD]: note, [MapperKind.ROOT_FIELD]: note,
    [MapperKind.INPUT_OBJECT_FIELD]: note, [MapperKind.ENUM_VALUE]: note,
  });
  return [...named].sort();
}

/** The schema without what the permissions do not open, and without what only that refers to. */
function visiblePart(schema: GraphQLSchema, held: ReadonlySet<Permission>): GraphQLSchema {
  const hidden = (part: DirectableGraphQLObject): null | undefined => {
    const permission = permissionOf(schema, part);
    return permission === null || held.has(permission) ? undefined : null;
  };
  const hiddenField = (field: DirectableGraphQLObject & { type: GraphQLOutputType }): null | undefined =>
    permissionsBefore(schema, field).every((permission) => held.has(permission)) ? undefined : null;
  const filtered = mapSchema(schema, {
    [MapperKind.OBJECT_TYPE]: hidden, [MapperKind.COMPOSITE_FIELD]: hiddenField, [MapperKind.ROOT_FIELD]: hiddenField,
    [MapperKind.INPUT_OBJECT_FIELD]: hidden, [MapperKind.ENUM_VALUE]: hidden,
  });
  const { query, ...rest } = pruneSchema(filtered, { skipPruning: ({ name }) => isUnusedAnyway(schema, name) }).toConfig();
  // Whoever may ask for nothing still has a root: a document is refused for what it asks, not for the want of one.
  return new GraphQLSchema({ ...rest, query: query ?? new GraphQLObjectType({ name: 'Query', fields: {} }), assumeValid: true });
}

const unused = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

/** Types that no field leads to even in the whole schema, such as the codes of errors, are there to be read about. */
function isUnusedAnyway(schema: GraphQLSchema, name: string): boolean {
  const known = unused.get(schema);
  if (known !== undefined) return known.has(name);
  const used = pruneSchema(schema).getTypeMap();
  const found = new Set(Object.keys(schema.getTypeMap()).filter((type) => !(type in used)));
  unused.set(schema, found);
  return found.has(name);
}
