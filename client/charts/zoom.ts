/** The part of a plot in view: shares of both axes, 0 at the start and 1 at the end. */
export interface View {
  x: readonly [from: number, to: number];
  y: readonly [from: number, to: number];
}

/** Everything. */
export const wholeView: View = { x: [0, 1], y: [0, 1] };

/** Closer than a twentieth of an axis there is nothing more to tell apart. */
const narrowest = 0.05;

function zoomed([from, to]: readonly [number, number], at: number, factor: number): [number, number] {
  const span = Math.min(1, Math.max(narrowest, (to - from) * factor));
  const fixed = from + (to - from) * at;
  const start = Math.min(1 - span, Math.max(0, fixed - span * at));
  return [start, start + span];
}

/** The view after zooming around a point of the plot, which stays where it is as far as the ends allow. */
export function zoom(view: View, at: { x: number; y: number }, factor: number): View {
  return { x: zoomed(view.x, at.x, factor), y: zoomed(view.y, at.y, factor) };
}

/** True when something is out of view. */
export const isZoomed = ({ x, y }: View) => x[1] - x[0] < 1 || y[1] - y[0] < 1;
