/** A quotient with its parts, as it leaves the API. */
export interface Ratio {
  numerator: number;
  denominator: number;
  value: number | null;
}

/** numerator / denominator to 4 decimals; null when there is nothing to divide by. */
export function ratio(numerator: number, denominator: number): Ratio {
  const value = denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 10_000;
  return { numerator, denominator, value };
}
