/** The field of each measure, with what is asked of it. */
const fieldOf: Record<string, string> = {
  LICENSES: 'licenses', ROUNDS: 'rounds', LICENSES_IN_FORCE: 'licensesInForce', SEATS: 'seats', SEATS_IN_FORCE: 'seatsInForce', SEATS_IN_GRACE: 'seatsInGrace',
  ANNUAL_VALUE: 'annualValue { amounts { amount currency } }', AVERAGE_COST: 'averageCost { amount currency }', OWNERS: 'owners', REGISTERED_USERS: 'registeredUsers',
  ACTIVE_USERS: 'activeUsers', UTILIZATION: 'utilization { numerator denominator value }', UNUSED_SEATS: 'unusedSeats',
};

/** Every measure. */
export const analyzeMeasures: readonly string[] = Object.keys(fieldOf);

/** The fields of `AnalyzeFigures` that the measures fill; a measure that is not known here fails. */
export function analyzeFields(measures: readonly string[]): string {
  return measures.map((measure) => {
    const field = fieldOf[measure];
    if (field === undefined) throw new Error(`No field of the measure ${measure}: add it to tests/support/analyze.ts`);
    return field;
  }).join(' ');
}
