import type { Context } from '../../context.js';
import type { AuditChannel } from '../../graphql.generated.js';

/** The same request, its changes recorded as coming through this channel unless the request says through which. */
export function through(context: Context, channel: AuditChannel): Context {
  if (context.channel !== 'API') return context;
  return Object.create(context, { channel: { value: channel } }) as Context;
}
