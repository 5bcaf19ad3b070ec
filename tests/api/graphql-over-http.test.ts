import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { serverAudits, type AuditResult } from 'graphql-http';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';

/** The audits of the GraphQL-over-HTTP specification. Their client passes our protection against forged requests. */
onEachDatabase('GraphQL over HTTP', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind);
  });
  afterAll(() => app.stop());

  async function audited(account: string): Promise<AuditResult[]> {
    const token = await app.tokenOf(account);
    const fetchFn = (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('apollo-require-preflight', 'true');
      headers.set('authorization', `Bearer ${token}`);
      return fetch(url, { ...init, headers });
    };
    const results: AuditResult[] = [];
    for (const audit of serverAudits({ url: `${app.url}/graphql`, fetchFn })) results.push(await audit.fn());
    return results;
  }

  it.each(['admin', 'analyst'])('conforms to the specification as %s', async (account) => {
    const results = await audited(account);
    // What a server MAY do is its own choice: faults of parameters answer 200 to clients that did not ask for 4xx.
    const failed = results.filter(({ status, name }) => status !== 'ok' && !name.startsWith('MAY ')).map((result) => `${result.status}: ${result.name}, ${'reason' in result ? result.reason : ''}`);
    expect(failed).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(60);
  });
});
