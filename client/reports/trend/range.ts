/** The months that end with asOf's, by the first day of the first one and asOf itself. */
export function lastMonths(asOf: string, months: number): { from: string; to: string } {
  const [year = 0, month = 1] = asOf.split('-').map(Number);
  return { from: new Date(Date.UTC(year, month - months, 1)).toISOString().slice(0, 10), to: asOf };
}
