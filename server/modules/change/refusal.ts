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

  /** `within`: the argument that holds the fields. */
  constructor(private readonly within: readonly string[] = ['input']) {}

  add(field: string, code: UserErrorCode, message: string): void {
    this.errors.push({ field: [...this.within, field], code, message });
  }

  /** Throws Refusal when anything was wrong. */
  refuseIfAny(): void {
    if (this.errors.length > 0) throw new Refusal(this.errors);
  }
}
