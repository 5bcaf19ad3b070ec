import type { Context } from '../context.js';
import { parseId } from '../db/filter.js';
import type { SubscriptionResolvers } from '../graphql.generated.js';
import { readJob } from '../modules/import/job-store.js';
import { readStates } from '../modules/provider/freshness.js';
import { providers } from '../modules/provider/service.js';
import { dashboardChange, licenseChange } from './changes.js';
import type { Tick } from './feed.js';

/** States in which nothing happens to an import any more, unless somebody goes on with it. */
const isBusy = (state: string): boolean => /ING$/.test(state);

/** Resolves an event to what it carries: the events of a field are its values. */
const itself = <T>(value: T): T => value;

export const subscriptions = {
  dashboardChanged: {
    subscribe: (_, _args, context) => changesOf(context, ({ at }) => ({ at: at.toISOString(), causes: [] }), (tick) => dashboardChange(context, tick)),
    resolve: itself,
  },
  licenseChanged: {
    subscribe: (_, _args, context) => changesOf(context, ({ at }) => ({ at: at.toISOString(), licenseIds: [], more: false }), (tick) => licenseChange(context, tick)),
    resolve: itself,
  },
  importProgress: {
    subscribe: async function* (_, { id }, context) {
      const jobId = parseId(id, 'id');
      const look = async () => {
        const job = await readJob(context.imports.own, jobId);
        return { job, progress: job && (await context.imports.progressOf(job)) };
      };
      for await (const job of whenChanged(context, `import ${jobId}`, look, (state) => state.job)) {
        yield job;
        if (job === null || !isBusy(job.state)) return;
      }
    },
    resolve: itself,
  },
  syncProgress: {
    // Whatever a synchronisation does is noted in the states, and reading them is nothing.
    subscribe: (_, _args, context) =>
      withoutRepeats(whenChanged(context, 'synchronisations', async () => [...(await readStates(context))], () => providers(context, new Date()))),
    resolve: itself,
  },
} satisfies SubscriptionResolvers;

/** An event as soon as every later change will be told, then what of each tick is news to the viewer. */
async function* changesOf<T>(context: Context, first: (tick: Tick) => T, changeOf: (tick: Tick) => Promise<T | null>): AsyncGenerator<T, void, undefined> {
  let began = false;
  for await (const tick of context.ticks()) {
    const change = await changeOf(tick);
    if (!began) yield first(tick);
    began = true;
    if (change !== null) yield change;
  }
}

/** What is shown of a state, at the beginning and whenever a tick finds it changed. Who asks for the same is told of one look at it. */
async function* whenChanged<T, S>(context: Context, key: string, look: () => Promise<T>, show: (state: T) => S | Promise<S>): AsyncGenerator<S, void, undefined> {
  let told: string | null = null;
  for await (const tick of context.ticks()) {
    const state = await tick.once(key, look);
    const words = JSON.stringify(state);
    if (words === told) continue;
    told = words;
    yield await show(state);
  }
}

/** Events but those that say again what the one before said: what is shown is read after the look, and may be ahead of it by what the next look finds. */
async function* withoutRepeats<T>(events: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  let told: string | null = null;
  for await (const event of events) {
    const words = JSON.stringify(event);
    if (words === told) continue;
    told = words;
    yield event;
  }
}
