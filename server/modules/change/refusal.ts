import type { UserError, UserErrorCode } from '../../graphql.generated.js';

/** A mutation that must not happen. Thrown inside a transaction, it undoes the transaction and becomes `userErrors`. */
export class Refusal extends Error {
  constructor(
    readonly errors: UserError[],
    /** The row as it is now, for whoever lost a race. */
    readonly current: unknown = null,
  ) {
    super('refused');
    this.name = 'Refusal';
  }
}

/** Collects what is wrong with an input, so that everything is told at once. */
export class Faults {
  readonly errors: UserError[] = [];

  add(field: string, code: UserErrorCode, message: string): void {
    this.errors.push({ field: ['input', field], code, message });
  }

  /** Throws Refusal when anything was wrong. */
  refuseIfAny(): void {
    if (this.errors.length > 0) throw new Refusal(this.errors);
  }
}
