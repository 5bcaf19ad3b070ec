/** The step of the heat ramp, 1 to 6, of a share on a scale that ends at the largest one; null for no share. */
export function heatStep(share: number | null | undefined, largest: number): number | null {
  if (share == null) return null;
  if (largest <= 0) return 1;
  return Math.min(6, Math.max(1, Math.ceil((share / largest) * 6)));
}

/** The largest of some shares; 0 when there is none. */
export function largestShare(shares: readonly (number | null | undefined)[]): number {
  return Math.max(0, ...shares.map((share) => share ?? 0));
}
