import { expect } from '@jest/globals';
import type { TestApp } from './app.js';

const NAMES = ['opening', 'new', 'renewed', 'reactivated', 'expansion', 'contraction', 'expired', 'net', 'closing'] as const;
const COUNTS = NAMES.join(' ');
const MONEY = `currency ${NAMES.map((name) => `${name} { amount }`).join(' ')}`;
const SIGNS = { new: '+', renewed: '~', reactivated: '^', expansion: '>', contraction: '<', expired: '-' } as const;

type Amounts = Record<(typeof NAMES)[number], number>;

/** One interval in figures: licences, seats, and ARR by currency. */
export interface Interval {
  from: string;
  to: string;
  incomplete: boolean;
  units: Record<string, Amounts>;
}

/** The trend as an account sees it; throws unless every account balances and follows the one before. */
export async function askTrend(app: TestApp, args: string, account = 'admin'): Promise<{ interval: string; points: Interval[]; totals: Interval['units']; meta: any }> {
  const flows = `licenses { ${COUNTS} } seats { ${COUNTS} } arr { ${MONEY} }`;
  const { data, errors } = await app.ask(account, `{ consumptionTrend(${args}) {
    mode interval points { from to incomplete ${flows} } totals { ${flows} } meta { asOf timezone sources { name } warnings { code count } } } }`);
  expect(errors).toBeUndefined();
  const { interval, points, totals, meta } = data.consumptionTrend;
  const answer = { interval, points: points.map(intervalOf), totals: unitsOf(totals), meta };
  checkAccounts(answer.points, answer.totals);
  await checkLives(app, args, account, points);
  return answer;
}

/** Where nobody asks for what is renewed, another statement counts the licences. */
async function checkLives(app: TestApp, args: string, account: string, points: any[]): Promise<void> {
  const { data } = await app.ask(account, `{ consumptionTrend(${args}) { points { licenses { ${NAMES.filter((name) => name !== 'renewed').join(' ')} } } } }`);
  expect(data.consumptionTrend.points.map(({ licenses }: any) => licenses)).toEqual(points.map(({ licenses: { renewed: _, ...rest } }) => rest));
}

function intervalOf(point: any): Interval {
  return { from: point.from, to: point.to, incomplete: point.incomplete, units: unitsOf(point) };
}

/** Money in whole cents, so that sums of it are exact; currencies without decimals as they are. */
function unitsOf({ licenses, seats, arr }: any): Interval['units'] {
  const cents = (flow: any): any => Object.fromEntries(NAMES.map((name) => [name, Number(flow[name].amount.replace('.', ''))]));
  return { licenses, seats, ...Object.fromEntries(arr.map((flow: any) => [flow.currency, cents(flow)])) };
}

function checkAccounts(points: readonly Interval[], totals: Interval['units']): void {
  for (const unit of Object.keys(totals)) {
    const flows = [...points.map(({ units }) => units[unit]), totals[unit]] as Amounts[];
    for (const flow of flows) {
      expect(flow.net).toBe(flow.new + flow.reactivated + flow.expansion - flow.contraction - flow.expired);
      expect(flow.closing).toBe(flow.opening + flow.net);
      for (const name of ['new', 'renewed', 'reactivated', 'expansion', 'contraction', 'expired'] as const) expect(flow[name]).toBeGreaterThanOrEqual(0);
    }
    for (const [index, { units }] of points.slice(1).entries()) expect(units[unit]?.opening).toBe(points[index]?.units[unit]?.closing);
    if (points.length === 0) continue;
    expect([totals[unit]?.opening, totals[unit]?.closing]).toEqual([points[0]?.units[unit]?.opening, points.at(-1)?.units[unit]?.closing]);
  }
}

/** One unit over all intervals as lines: `2026-01 0 +10 = 10`; movements that are 0 are left out. Amounts are divided by `scale`. */
export function linesOf(points: readonly Interval[], unit: string, scale = 1): string[] {
  return points.map(({ from, units }) => {
    const flow = units[unit];
    return flow === undefined ? `${from.slice(0, 7)} nothing` : `${from.slice(0, 7)} ${textOf(flow, scale)}`;
  });
}

/** One flow as a line. */
export function textOf(flow: Amounts, scale = 1): string {
  const moved = (Object.keys(SIGNS) as (keyof typeof SIGNS)[]).filter((name) => flow[name] !== 0).map((name) => `${SIGNS[name]}${flow[name] / scale}`);
  return [flow.opening / scale, ...moved, '=', flow.closing / scale].join(' ');
}
