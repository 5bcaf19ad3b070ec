import { persistedDocuments } from '../../server/persisted.generated.js';
import { post } from '../support/app.js';
import type { SeatwiseServer } from './servers.js';
import { AS_OF } from './table.js';

/** The queries that the overview page sends when it opens, all at once, as somebody waits for them. */
export const overview = { name: 'overview' };

const TURNS = 15;
const AIM_MS = 150;
/** As the page asks without filters. The data have no exchange rates, so the money is left out: it is a sum of the same rows. */
const common = { filter: null, asOf: AS_OF, windowDays: 14, ownerType: 'COMPANY' };
const operations: Readonly<Record<string, Record<string, unknown>>> = {
  Overview: { ...common, currency: 'EUR', money: false, extremes: true, perSide: 15 },
  Timeline: { filter: { lifecycleStatus: { notIn: ['EXPIRED', 'INVALID'] } }, asOf: AS_OF, first: 200 },
};

/** The median time until the last of the answers is there. The first turn warms the server up. */
export async function measureOverview({ url, token }: SeatwiseServer): Promise<string> {
  const asked = Object.entries(operations).map(([name, variables]) => ({ text: textOf(name), variables }));
  const times: number[] = [];
  for (let turn = 0; turn <= TURNS; turn += 1) {
    const started = performance.now();
    const answers = await Promise.all(asked.map(({ text, variables }) => post(url, token, text, variables)));
    times.push(performance.now() - started);
    const refused = answers.find(({ errors }) => errors !== undefined);
    if (refused !== undefined) throw new Error(`${overview.name}: ${JSON.stringify(refused.errors)}`);
  }
  const median = times.slice(1).sort((a, b) => a - b)[Math.floor(TURNS / 2)] ?? NaN;
  return `the ${asked.length} queries of the overview together: ${Math.round(median).toLocaleString('en')} ms (p50 of ${TURNS})${median < AIM_MS ? '' : ` (aim below ${AIM_MS})`}`;
}

function textOf(name: string): string {
  const document = Object.values(persistedDocuments).find((candidate) => candidate.name === name);
  if (document === undefined) throw new Error(`The client has no operation ${name}.`);
  return document.text;
}
