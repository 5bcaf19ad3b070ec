import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { ConfigError, readConfig } from '../../server/config.js';
import { checkText } from '../../server/graphql/limits.js';
import { Measures, scan, sizeOf } from '../../server/graphql/limits-measure.js';
import { loggedError, loggedRequest } from '../../server/http/logging.js';

describe('the size of a query', () => {
  const size = (text: string) => sizeOf(parse(text));

  it.each([
    ['{ a }', { depth: 1, aliases: 0, fields: 1 }],
    ['{ a { b { c } } d }', { depth: 3, aliases: 0, fields: 4 }],
    ['{ x: a { y: b } }', { depth: 2, aliases: 2, fields: 2 }],
    // Fragments of either kind are no level of their own, and count where they are spread.
    ['{ a { ... on T { b ...F } } } fragment F on T { c { d } }', { depth: 3, aliases: 0, fields: 4 }],
    ['{ a { ...F } b { ...F } } fragment F on T { x: c d }', { depth: 2, aliases: 2, fields: 6 }],
    ['{ ...A } fragment A on T { ...B ...B } fragment B on T { ...C ...C } fragment C on T { x: a b }', { depth: 1, aliases: 4, fields: 8 }],
    // Fragments that nothing spreads cost nothing.
    ['{ a } fragment F on T { b { c { d } } }', { depth: 1, aliases: 0, fields: 1 }],
    // The largest of several operations.
    ['query A { a { b } } query B { x: c y: d z: e }', { depth: 2, aliases: 3, fields: 3 }],
    // Introspection has a limit of its own on its depth.
    ['{ __schema { types { fields { name } } } a { b } }', { depth: 2, aliases: 0, fields: 6 }],
  ])('%s', (text, expected) => expect(size(text)).toEqual(expected));

  it('of fragments in a circle is none', () => {
    expect(size('{ ...A } fragment A on T { ...B } fragment B on T { a ...A }')).toBeNull();
    expect(size('{ ...A } fragment A on T { ...A }')).toBeNull();
  });

  it('counts as many tokens as anybody may send', () => {
    expect(scan('a '.repeat(70_000)).tokens).toBe(50_001);
    expect(scan('a '.repeat(70_000), 60_000).tokens).toBe(60_001);
    expect(scan('a '.repeat(70_000), 100_000).tokens).toBe(70_000);
  });

  it('of brackets within brackets by the thousand is told as too deep, not as a failure', () => {
    const { limits } = readConfig({ MAX_QUERY_TOKENS: '100000', JWT_SECRET: 'a secret of the tests, long enough for HS256' });
    const deep = `${'{a'.repeat(30_000)}${'}'.repeat(30_000)}`;
    expect(() => checkText(new Measures(), limits.ADMIN, deep)).toThrow(expect.objectContaining({ extensions: expect.objectContaining({ code: 'QUERY_TOO_LARGE' }) }));
  });

  it('of fragments that double a thousand times is told at once, as more than can be', () => {
    const doubling = Array.from({ length: 1000 }, (_, i) => `fragment F${i} on T { ${i < 999 ? `...F${i + 1} ...F${i + 1}` : 'a'} }`).join(' ');
    expect(size(`{ ...F0 } ${doubling}`)?.fields).toBe(1e15);
  });

  it.each([['{ a }', 3], ['{ a(b: "c d") # e\n }', 8], ['', 0], ['query($a: Int = 1) { a(b: $a) }', 18]])('counts tokens as the parser does: %s', (text, tokens) => {
    expect(scan(text).tokens).toBe(tokens);
    if (tokens > 0) {
      expect(() => parse(text, { maxTokens: tokens })).not.toThrow();
      expect(() => parse(text, { maxTokens: tokens - 1 })).toThrow('Parsing aborted');
    }
  });

  it('of a text that is too long is not looked at any further', () => {
    expect(new Measures().of('{ a { b } c }', 5)).toEqual({ tokens: 7, depth: 0, aliases: 0, fields: 0 });
    expect(new Measures().of('{ a { b } c }', 7)).toEqual({ tokens: 7, depth: 2, aliases: 0, fields: 3 });
  });

  it('is the same when it is asked for again, whoever asks', () => {
    const measures = new Measures();
    const figures = measures.of('{ a { b } }', 100);
    expect(measures.of('{ a { b } }', 100)).toBe(figures);
    expect(measures.of('{ a { b } }', 2)).toBe(figures);
  });
});

describe('the limits of roles', () => {
  const faultOf = (LIMITS_BY_ROLE: string): string => {
    try {
      readConfig({ LIMITS_BY_ROLE });
      return '';
    } catch (error) {
      return error instanceof ConfigError ? error.faults.join('\n') : String(error);
    }
  };

  it('are everybody\'s unless set, and low for who has not signed in', () => {
    const { limits } = readConfig({ MAX_QUERY_DEPTH: '7', LIMITS_BY_ROLE: '{"ANALYST":{"depth":20,"statementSeconds":120}}' });
    expect(limits.ADMIN).toEqual({
      depth: 7, aliases: 30, fields: 1000, tokens: 2000, cost: 200_000, resultMegabytes: 16, statementSeconds: 30, accountRequestsPerMinute: 30_000, tokenRequestsPerMinute: 30_000,
    });
    expect(limits.ANALYST).toEqual({ ...limits.ADMIN, depth: 20, statementSeconds: 120 });
    for (const role of ['VIEWER', 'PARTNER', 'COMPANY', 'EMBED'] as const) expect(limits[role]).toEqual(limits.ADMIN);
    expect(limits.ANONYMOUS).toEqual({ ...limits.ADMIN, depth: 7, aliases: 10, fields: 250, tokens: 1000, cost: 1000, statementSeconds: 10 });
  });

  it('may be raised for who has not signed in too', () => {
    expect(readConfig({ LIMITS_BY_ROLE: '{"ANONYMOUS":{"cost":5000}}' }).limits.ANONYMOUS).toMatchObject({ cost: 5000, depth: 8 });
  });

  it.each(['{', '[]', '7', '{"KING":{}}', '{"ADMIN":{"width":1}}', '{"ADMIN":{"depth":0}}', '{"ADMIN":{"depth":51}}', '{"ADMIN":{"depth":"9"}}', '{"ADMIN":{"cost":1.5}}', '{"ADMIN":null}'])(
    'are refused at start when they are no such thing: %s', (text) => expect(faultOf(text)).toMatch(/^LIMITS_BY_ROLE/),
  );
});

describe('the origins of CORS_ORIGINS', () => {
  it('are taken as browsers send them', () => {
    expect(readConfig({ CORS_ORIGINS: ' https://a.example, http://localhost:3000 ,' }).corsOrigins).toEqual(['https://a.example', 'http://localhost:3000']);
  });
  it.each(['*', 'null', 'a.example', 'https://a.example/', 'https://a.example/path', 'https://*.a.example', 'HTTPS://a.example', 'ftp://a.example', 'https://a.example:443'])('are refused otherwise: %s', (CORS_ORIGINS) => {
    expect(() => readConfig({ CORS_ORIGINS })).toThrow('CORS_ORIGINS');
  });
});

describe('what the log shows', () => {
  it('of an error is no value and no statement, down to its causes', () => {
    const driver = Object.assign(new Error("Duplicate entry 'secret-1' for key 'ux'"), { code: 'ER_DUP_ENTRY', errno: 1062, sql: "insert 'secret-2'", parameters: ['secret-3'] });
    const wrapped = Object.assign(new Error(driver.message), { driverError: driver, query: 'insert into t values (?)', parameters: ['secret-4'] });
    const outer = new Error('The database failed: duplicate', { cause: wrapped });
    const shown = loggedError(outer);
    expect(JSON.stringify(shown)).not.toContain('secret');
    expect(shown).toMatchObject({ type: 'Error', message: 'The database failed: duplicate', cause: { message: "Duplicate entry '…' for key '…'", cause: { code: 'ER_DUP_ENTRY', errno: 1062 } } });
    expect(shown.stack).toContain('limits.test');
  });

  it('of whatever else was thrown is little', () => {
    expect([loggedError('text').message, loggedError(undefined).message, loggedError({ password: 'x' }).message]).toEqual(['text', 'not an error', 'not an error']);
  });

  it('of a request is its path', () => {
    const request = { method: 'GET', url: '/embed/overview?token=swe_secret', host: 'h', ip: '192.0.2.1', headers: { authorization: 'Bearer secret', cookie: 'secret' } };
    expect(loggedRequest(request as never)).toEqual({ method: 'GET', path: '/embed/overview', host: 'h', remoteAddress: '192.0.2.1' });
  });
});
