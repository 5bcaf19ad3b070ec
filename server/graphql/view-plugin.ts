import type { BaseContext, GraphQLRequestContext } from '@apollo/server';
import { GraphQLError, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import type { Viewer } from '../auth/viewer.js';
import type { Context } from '../context.js';
import type { Permission } from '../graphql.generated.js';
import type { SchemaView, SchemaViews } from './schema-view.js';

const nothing: ReadonlySet<Permission> = new Set();

/** The schema as this viewer sees it. */
export function viewOf(views: SchemaViews, viewer: Viewer): SchemaView {
  return views.of(viewer.kind === 'anonymous' ? nothing : viewer.permissions);
}

/** A client that holds one document for all roles says `leave-out`: what its viewer's schema does not have is not refused but left out. */
const UNSEEN_HEADER = 'x-seatwise-unseen';

type Request = Pick<GraphQLRequestContext<BaseContext>, 'request'>['request'];

function leavesOut({ viewer }: Context, request: Request): boolean {
  // What an embedded dashboard runs is the server's own text, the same for whoever it is shown to.
  if (viewer.kind === 'account' && viewer.credential.kind === 'embed-token') return true;
  return request.http?.headers.get(UNSEEN_HEADER) === 'leave-out';
}

/**
 * The document as this viewer may run it. Throws UNAUTHENTICATED or FORBIDDEN when a root field is closed to him, before anything
 * below it is looked at, and the first fault when it does not fit his view; `seenFaults` then gives all of them.
 */
export function seenDocument(view: SchemaView, document: DocumentNode, context: Context, request: Request): DocumentNode {
  const asked = leavesOut(context, request) ? view.withoutUnseen(document) : document;
  demandRoots(view, asked, context);
  const [fault] = view.faultsOf(asked);
  if (fault !== undefined) throw new GraphQLError(fault.message, { nodes: fault.nodes, extensions: { code: INVALID } });
  return asked;
}

const INVALID = 'GRAPHQL_VALIDATION_FAILED';

function demandRoots(view: SchemaView, document: DocumentNode, context: Context): void {
  const missing = view.closedBy(document);
  if (missing !== null) context.demand(missing);
}

/**
 * The errors of a document that does not fit the whole schema, or this view of it, as the view tells them: in both cases
 * alike, so that nobody can tell what is hidden from what is nowhere. Errors of any other kind are returned as they are.
 */
export function seenFaults(
  view: SchemaView, document: DocumentNode | undefined, context: Context, errors: readonly GraphQLFormattedError[],
): readonly GraphQLFormattedError[] {
  const [first] = errors;
  if (document === undefined || first?.extensions?.['code'] !== INVALID) return errors;
  try {
    demandRoots(view, document, context);
  } catch (error) {
    if (error instanceof GraphQLError) return [error.toJSON()];
    throw error;
  }
  const faults = view.faultsOf(document).map((fault) => ({ ...fault.toJSON(), extensions: { code: INVALID } }));
  return faults.length === 0 ? errors : faults;
}
