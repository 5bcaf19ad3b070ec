import { describe, expect, it } from '@jest/globals';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { guardSchema, UnguardedFieldError } from '../../server/auth/guard.js';

describe('the guard', () => {
  const schemaWith = (rest: string) =>
    makeExecutableSchema({
      typeDefs: `directive @requires(permission: Permission!) on FIELD_DEFINITION directive @public on FIELD_DEFINITION
        enum Permission { USE_SESSION } ${rest}`,
    });

  it.each([
    ['a query', 'type Query { a: Int @public b: Int }', ['Query.b']],
    ['a mutation', 'type Query { a: Int @public } type Mutation { b: Int c: Int @requires(permission: USE_SESSION) }', ['Mutation.b']],
    ['a subscription', 'type Query { a: Int @public } type Subscription { b: Int }', ['Subscription.b']],
    ['a field with both', 'type Query { a: Int @public @requires(permission: USE_SESSION) }', ['Query.a']],
  ])('refuses to start with %s that nobody decided about', (_, sdl, unguarded) => {
    let refusal: unknown;
    try {
      guardSchema(schemaWith(sdl));
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(UnguardedFieldError);
    expect((refusal as UnguardedFieldError).fields).toEqual(unguarded);
  });

  it('lets a decided schema pass', () => {
    expect(() => guardSchema(schemaWith('type Query { a: Int @public b: Int @requires(permission: USE_SESSION) }'))).not.toThrow();
  });
});
