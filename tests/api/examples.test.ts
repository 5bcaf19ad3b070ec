import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { tokenBy } from '../support/api-tokens.js';
import { onEachDatabase } from '../support/databases.js';
import { round } from '../support/rows.js';

const example = (name: string) => fileURLToPath(new URL(`../examples/${name}`, import.meta.url));
const has = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

/** Those of the page Explore; by a name that the compiler does not follow, since the client is compiled otherwise. */
const page = '../../client/pages/explore/examples.js';
const { examples: explored, variablesOf } = (await import(page)) as {
  examples: readonly { key: string; document: string; variables?: string }[];
  variablesOf(example: { variables?: string }, today: string): string;
};

/** The languages of the examples: how each is run, and whether this machine can. */
const languages = [
  { name: 'TypeScript', command: process.execPath, args: ['--import', 'tsx', example('ending-licences.ts')], there: true },
  { name: 'Python', command: 'python3', args: [example('ending_licences.py')], there: has('python3') },
  { name: 'curl', command: 'sh', args: [example('ending-licences.sh')], there: has('curl') },
];

interface Outcome {
  code: number;
  output: string;
  errors: string;
}

onEachDatabase('the examples', (kind) => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }],
        company: [{ id: 1, company_name: 'Comma, "quoted"', active: 1, partner_id: 1 }, { id: 2, company_name: 'Ümlaut', active: 1, partner_id: null }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }],
        license: [
          round({ id: 1, company_id: 1, end_date: '2026-03-31', number_of_licenses: 7 }),
          round({ id: 2, company_id: 2, end_date: '2026-01-31' }),
          round({ id: 3, company_id: 2, start_date: '2025-01-01', end_date: '2027-01-01' }),
          // More than a page.
          ...Array.from({ length: 250 }, (_, index) => round({ id: 1000 + index, company_id: 2, end_date: '2026-06-30', number_of_licenses: 1 })),
        ],
      },
    });
    token = (await tokenBy(app, 'analyst', { role: 'ANALYST' })).token;
  });
  afterAll(() => app.stop());

  const run = (command: string, args: readonly string[], bearer: string): Promise<Outcome> => new Promise((resolve) => {
    const { PATH, HOME } = process.env;
    execFile(command, args, { env: { PATH, HOME, SEATWISE_URL: app.url, SEATWISE_TOKEN: bearer, PYTHONIOENCODING: 'utf-8' }, timeout: 60_000 }, (error, output, errors) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output, errors });
    });
  });

  const rows = [
    'id,source,owner,product,ends,seats', 'portal:2,PORTAL,Ümlaut,sub,2026-01-31,10', 'portal:1,PORTAL,"Comma, ""quoted""",sub,2026-03-31,7',
    ...Array.from({ length: 250 }, (_, index) => `portal:${1000 + index},PORTAL,Ümlaut,sub,2026-06-30,1`),
  ];

  describe.each(languages)('in $name', ({ name, command, args, there }) => {
    const test = there ? it : it.skip;

    test('lists what ends in the period', async () => {
      const { code, output, errors } = await run(command, [...args, '2026-01-01', '2026-12-31'], token);
      expect([code, errors]).toEqual([0, '']);
      if (name !== 'curl') return expect(output.trimEnd().split('\n')).toEqual(rows);
      const { data } = JSON.parse(output) as { data: any };
      expect(data.unifiedLicenses.nodes.length).toBe(200);
      expect(data.unifiedLicenses.nodes[1]).toEqual({ id: 'portal:1', source: 'PORTAL', ownerName: 'Comma, "quoted"', productSlug: 'sub', expirationDate: '2026-03-31', quantity: 7 });
      expect(data.unifiedLicenses.pageInfo).toEqual({ hasNextPage: true, endCursor: expect.any(String) });
    }, 90_000);

    test('says why it is refused', async () => {
      const { code, output, errors } = await run(command, [...args, '2026-02-30'], token);
      expect(code).not.toBe(0);
      expect(name === 'curl' ? output : errors).toMatch(/BAD_USER_INPUT/);
      const stranger = await run(command, args, 'swt_nobody');
      expect(stranger.code).not.toBe(0);
      expect(name === 'curl' ? stranger.output : stranger.errors).toMatch(/UNAUTHENTICATED/);
    }, 90_000);
  });

  it.each(explored.map((one) => [one.key, one] as const))('of Explore answers: %s', async (_, { document, variables }) => {
    const { data, errors } = await app.ask('analyst', document, JSON.parse(variablesOf({ variables }, '2026-04-13') || '{}') as Record<string, unknown>);
    expect(errors).toBeUndefined();
    expect(data).not.toBeNull();
  });
});
