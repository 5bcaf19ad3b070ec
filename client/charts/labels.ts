/** A point with its place on the plot, both axes from 0 to 1. */
export interface Placed<Item> {
  item: Item;
  x: number;
  y: number;
}

/** Closer than this, two labels of one line each would cover one another. */
const apart = { x: 0.2, y: 0.06 };

/** The first so many points whose labels stay clear of those chosen before them. */
export function clearLabels<Item>(points: readonly Placed<Item>[], most: number): Set<Item> {
  const chosen: Placed<Item>[] = [];
  for (const point of points) {
    if (chosen.length === most) break;
    const clear = chosen.every((other) => Math.abs(other.x - point.x) > apart.x || Math.abs(other.y - point.y) > apart.y);
    if (clear) chosen.push(point);
  }
  return new Set(chosen.map(({ item }) => item));
}
