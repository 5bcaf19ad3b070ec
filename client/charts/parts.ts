/** Parts of ECharts that only some charts need: each is loaded with the first chart that comes into view and needs it. */
const parts = {
  lines: () => import('./lines.engine'),
  marks: () => import('./marks.engine'),
  zoom: () => import('./zoom.engine'),
};

/** The name of a part. */
export type Part = keyof typeof parts;

/** Loads parts; what is registered once is there for every chart. */
export async function loadParts(names: readonly Part[]): Promise<void> {
  await Promise.all(names.map((name) => parts[name]()));
}
