/** Movements of one interval in one unit, exact. */
export interface Flow {
  opening: bigint;
  new: bigint;
  renewed: bigint;
  reactivated: bigint;
  expansion: bigint;
  contraction: bigint;
  expired: bigint;
  net: bigint;
  closing: bigint;
}

/** What was gained and lost, without balances. */
export type Movements = Omit<Flow, 'opening' | 'net' | 'closing'>;

/** What each movement does to the balance. */
const effect: Readonly<Record<keyof Movements, -1n | 0n | 1n>> = { new: 1n, renewed: 0n, reactivated: 1n, expansion: 1n, contraction: -1n, expired: -1n };
const movementNames = Object.keys(effect) as (keyof Movements)[];

export const noMovements: Movements = { new: 0n, renewed: 0n, reactivated: 0n, expansion: 0n, contraction: 0n, expired: 0n };

/** Movements added up. */
export function sumOf(list: readonly Movements[]): Movements {
  return byName((name) => list.reduce((total, movements) => total + movements[name], 0n));
}

/** What the movements change. */
export function netOf(movements: Movements): bigint {
  return movementNames.reduce((total, name) => total + effect[name] * movements[name], 0n);
}

/** Movements of intervals that follow each other, with their balances. */
export function flowsOf(opening: bigint, intervals: readonly Movements[]): Flow[] {
  let balance = opening;
  return intervals.map((movements) => {
    const flow = flowOf(balance, movements);
    balance = flow.closing;
    return flow;
  });
}

/** Movements with the balances around them. */
export function flowOf(opening: bigint, movements: Movements): Flow {
  const net = netOf(movements);
  return { opening, ...movements, net, closing: opening + net };
}

/**
 * A flow in a coarser unit of `parts`. Balances are rounded half to even, each by itself; what the rounded movements then
 * fail to explain of the rounded net is put on the largest of them that stays positive, so that the account balances to the last cent.
 */
export function roundedFlow(flow: Flow, parts: bigint): Flow {
  const [opening, closing] = [rounded(flow.opening, parts), rounded(flow.closing, parts)];
  const movements = byName((name) => rounded(flow[name], parts));
  const net = closing - opening;
  const left = net - netOf(movements);
  const [largest] = movementNames
    .filter((name) => effect[name] !== 0n && movements[name] + effect[name] * left >= 0n)
    .sort((a, b) => compare(flow[b], flow[a]));
  if (largest !== undefined) movements[largest] += effect[largest] * left;
  return { opening, ...movements, net, closing };
}

/** A whole number divided by a positive one, rounded half to even. */
function rounded(value: bigint, parts: bigint): bigint {
  const remainder = ((value % parts) + parts) % parts;
  const down = (value - remainder) / parts;
  const twice = remainder * 2n;
  const up = twice > parts || (twice === parts && down % 2n !== 0n);
  return up ? down + 1n : down;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byName(value: (name: keyof Movements) => bigint): Movements {
  return Object.fromEntries(movementNames.map((name) => [name, value(name)])) as unknown as Movements;
}
