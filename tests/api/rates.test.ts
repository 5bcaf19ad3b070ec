import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';

const ECB = readFileSync('server/db/demo/exchange-rates-ecb.csv', 'utf8');
const LOAD = `mutation($csv: String!, $source: String! = "ECB") {
  loadExchangeRates(csv: $csv, source: $source) { rows created updated userErrors { field code message } } }`;
const RATE = 'rate { rateDate currency unitsPerEuro source } userErrors { field code }';

onEachDatabase('exchange rates', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind);
  });
  afterAll(() => app.stop());
  beforeEach(() => app.database.transaction(async ({ manager }) => {
    await manager.query('delete from sw_exchange_rates');
    await manager.query('delete from sw_audit_log');
  }));

  const load = async (csv: string, source = 'ECB') => {
    const { data, errors } = await app.ask('admin', LOAD, { csv, source });
    expect(errors).toBeUndefined();
    return data.loadExchangeRates;
  };
  const set = async (input: Record<string, string>) => {
    const { data, errors } = await app.ask('admin', `mutation($input: ExchangeRateInput!) { setExchangeRate(input: $input) { ${RATE} } }`, {
      input: { rateDate: '2026-06-15', currency: 'USD', unitsPerEuro: '1.1', source: 'ECB', ...input },
    });
    expect(errors).toBeUndefined();
    return data.setExchangeRate;
  };
  const list = async (args = '') => {
    const { data, errors } = await app.ask('admin', `{ exchangeRates${args} { nodes { rateDate currency unitsPerEuro source } totalCount } }`);
    expect(errors).toBeUndefined();
    return data.exchangeRates.nodes.map((rate: any) => Object.values(rate).join(' '));
  };
  const faultsOf = ({ userErrors }: any) => userErrors.map(({ field, code }: any) => [...field, code].join(' '));

  it('loads the file of the European Central Bank, and nothing more the second time', async () => {
    // 1,093 days of nine currencies; a few cells hold N/A.
    const cells = ECB.trim().split('\n').slice(1).flatMap((line) => line.split(',').slice(1)).filter((cell) => cell !== 'N/A' && cell !== '');
    expect(await load(ECB)).toEqual({ rows: cells.length, created: cells.length, updated: 0, userErrors: [] });
    expect(await load(ECB)).toEqual({ rows: cells.length, created: 0, updated: 0, userErrors: [] });
    const { data } = await app.ask('admin', '{ exchangeRates(first: 2, range: { to: "2026-04-10" }) { totalCount nodes { rateDate currency unitsPerEuro source } } }');
    expect(data.exchangeRates.nodes).toEqual([
      { rateDate: '2026-04-10', currency: 'AUD', unitsPerEuro: '1.6561', source: 'ECB' },
      { rateDate: '2026-04-10', currency: 'CAD', unitsPerEuro: '1.6187', source: 'ECB' },
    ]);
    expect(data.exchangeRates.totalCount).toBe(cells.length - 9);
    const log = await auditLog(app);
    expect(log).toEqual([{
      action: 'load', entity: 'ExchangeRate', entityId: expect.stringMatching(/^20\d\d-\d\d-\d\d 2026-04-13$/), account: 'admin@example.com', before: { replaced: [] },
      after: { source: 'ECB', rows: cells.length, created: cells.length, updated: 0, replaced: [], sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    }]);
  });

  it('counts what is new, what is replaced and what stays', async () => {
    expect(await load('Date,USD,JPY\n2026-06-12,1.05,160\n2026-06-15,1.1,N/A\n')).toEqual({ rows: 3, created: 3, updated: 0, userErrors: [] });
    // The same number, another number, and one that is new.
    expect(await load('date,currency,rate\n2026-06-12,USD,1.050\n2026-06-12,JPY,161\n2026-06-15,JPY,160\n')).toEqual({ rows: 3, created: 1, updated: 1, userErrors: [] });
    expect(await list()).toEqual(['2026-06-15 JPY 160 ECB', '2026-06-15 USD 1.1 ECB', '2026-06-12 JPY 161 ECB', '2026-06-12 USD 1.05 ECB']);
    expect((await auditLog(app)).at(-1)).toMatchObject({
      before: { replaced: [['2026-06-12', 'JPY', '160', 'ECB']] }, after: { rows: 3, created: 1, updated: 1, replaced: [['2026-06-12', 'JPY', '161', 'ECB']] },
    });
    // Another publisher of the same number is another rate.
    expect(await load('date,currency,rate\n2026-06-12,JPY,161', 'Treasury')).toMatchObject({ created: 0, updated: 1 });
  });

  it.each<[string, string, string[]]>([
    ['a byte order mark', '\ufeffDate,USD\n2026-06-12,1.05\n', ['2026-06-12 USD 1.05 ECB']],
    ['Windows line ends, spaces, quotes and a comma at the end', 'Date, USD ,JPY,\r\n2026-06-12 ,"1.05", N/A ,\r\n', ['2026-06-12 USD 1.05 ECB']],
    ['blank lines, empty cells and short rows', '\n\nDate,USD,JPY\n\n2026-06-12,,160\n2026-06-15,1.1\n\n', ['2026-06-15 USD 1.1 ECB', '2026-06-12 JPY 160 ECB']],
    ['zeros in front and 24 digits', 'date,currency,rate\n2026-06-12,JPY,000123456789012.123456789012', ['2026-06-12 JPY 123456789012.123456789012 ECB']],
    ['today', `date,currency,rate\n${new Date().toISOString().slice(0, 10)},USD,1`, [`${new Date().toISOString().slice(0, 10)} USD 1 ECB`]],
  ])('takes %s', async (_, csv, rates) => {
    expect(await load(csv)).toMatchObject({ created: rates.length, userErrors: [] });
    expect(await list()).toEqual(rates);
  });

  it.each<[string, string, string[]]>([
    ['formulas, exponents and words', 'Date,USD,JPY,GBP,CHF,SEK\n2026-06-12,=1+1,1e999,NaN,Infinity,-1\n2026-06-15,+1,0x10,١,"1,5",1.\n', [
      'csv 2 USD INVALID', 'csv 2 JPY INVALID', 'csv 2 GBP INVALID', 'csv 2 CHF INVALID', 'csv 2 SEK INVALID',
      'csv 3 USD INVALID', 'csv 3 JPY INVALID', 'csv 3 GBP INVALID', 'csv 3 CHF INVALID', 'csv 3 SEK INVALID',
    ]],
    ['zero, too many digits and a wrong day in one file', 'Date,USD,JPY\n2026-06-12,0.000,1.1234567890123\n2026-02-30,1234567890123,1\n,1,\n', [
      'csv 2 USD INVALID', 'csv 2 JPY INVALID', 'csv 3 Date INVALID', 'csv 3 USD INVALID', 'csv 4 Date REQUIRED',
    ]],
    ['days to come and days in another order', 'date,currency,rate\n2999-01-01,USD,1\n12.06.2026,USD,1\n2026-06-12T00:00:00Z,USD,1', ['csv 2 date INVALID', 'csv 3 date INVALID', 'csv 4 date INVALID']],
    ['currencies nobody knows, the euro, and missing cells', 'date,currency,rate\n2026-06-12,ZZZ,1\n2026-06-12,usd,1\n2026-06-12,EUR,1\n2026-06-12,,1\n2026-06-12,USD,\n2026-06-12,USD,N/A', [
      'csv 2 currency INVALID', 'csv 3 currency INVALID', 'csv 4 currency INVALID', 'csv 5 currency REQUIRED', 'csv 6 rate REQUIRED', 'csv 7 rate INVALID',
    ]],
    ['a rate twice, the wrong cell after it, and cells too many', 'date,currency,rate\n2026-06-12,USD,1\n\n2026-06-12,USD,1\n2026-06-12,JPY,x\n2026-06-13,JPY,1,9', ['csv 4 rate DUPLICATE', 'csv 5 rate INVALID', 'csv 6 4 INVALID']],
    ['a day twice in columns', 'Date,USD\n2026-06-12,1\n2026-06-12,1.5', ['csv 3 USD DUPLICATE']],
    ['columns that are none', 'Date,USD,USD,ZZZ,,EUR\n2026-06-12,1,1,1,1,1', ['csv 1 USD DUPLICATE', 'csv 1 ZZZ INVALID', 'csv 1 5 REQUIRED', 'csv 1 EUR INVALID']],
    ['a header that is none', 'Tag;Kurs\n2026-06-12;1', ['csv 1 Tag;Kurs INVALID']],
    ['a header alone', 'Date,USD\n', ['csv REQUIRED']],
    ['nothing', ' \n', ['csv REQUIRED']],
    ['a quotation mark without an end', 'Date,USD\n2026-06-12,"1\n', ['csv INVALID']],
    ['more than 1 MB', `Date,USD\n2026-06-12,1\n${'\n'.repeat(1_000_000)}`, ['csv TOO_LONG']],
  ])('refuses all of a file with %s', async (_, csv, faults) => {
    const answer = await load(csv);
    expect(faultsOf(answer)).toEqual(faults);
    expect([answer.rows, answer.created, answer.updated, await list(), await auditLog(app)]).toEqual([0, 0, 0, [], []]);
  });

  it('names the first hundred wrong cells', async () => {
    const { userErrors } = await load(`Date,USD\n${'x,1\n'.repeat(150)}`);
    expect(userErrors).toHaveLength(100);
    expect(userErrors[99]).toEqual({ field: ['csv', '101', 'Date'], code: 'INVALID', message: 'Row 101, Date: “x” is not a day YYYY-MM-DD.' });
  });

  it.each([['', 'REQUIRED'], ['x'.repeat(65), 'TOO_LONG'], ['a\u0000b', 'INVALID']])('wants to know the publisher (%#)', async (source, code) => {
    expect(faultsOf(await load('Date,USD\n2026-06-12,1\n', source))).toEqual([`source ${code}`]);
  });

  describe('one by one', () => {
    it('are set, replaced and removed, each change logged', async () => {
      const rate = { rateDate: '2026-06-15', currency: 'USD', unitsPerEuro: '1.10', source: 'ECB' };
      expect(await set({ unitsPerEuro: '01.10' })).toEqual({ rate, userErrors: [] });
      expect(await set({ unitsPerEuro: '1.1' })).toEqual({ rate, userErrors: [] });
      expect(await set({ unitsPerEuro: '1.2' })).toEqual({ rate: { ...rate, unitsPerEuro: '1.2' }, userErrors: [] });
      const remove = () => app.ask('admin', `mutation { deleteExchangeRate(rateDate: "2026-06-15", currency: "USD") { ${RATE} } }`);
      expect((await remove()).data.deleteExchangeRate).toEqual({ rate: { ...rate, unitsPerEuro: '1.2' }, userErrors: [] });
      expect((await remove()).data.deleteExchangeRate).toEqual({ rate: null, userErrors: [{ field: ['rateDate'], code: 'NOT_FOUND' }] });
      expect((await auditLog(app)).map(({ action, entity, entityId, before, after }) => [action, entity, entityId, before?.['unitsPerEuro'], after?.['unitsPerEuro']])).toEqual([
        ['create', 'ExchangeRate', '2026-06-15 USD', undefined, '1.10'], ['update', 'ExchangeRate', '2026-06-15 USD', '1.10', '1.2'],
        ['delete', 'ExchangeRate', '2026-06-15 USD', '1.2', undefined],
      ]);
    });

    it.each<[Record<string, string>, string[]]>([
      [{ rateDate: '2999-01-01', currency: 'EUR', unitsPerEuro: '0', source: ' ' }, ['input rateDate INVALID', 'input currency INVALID', 'input unitsPerEuro INVALID', 'input source REQUIRED']],
      [{ unitsPerEuro: '-1' }, ['input unitsPerEuro INVALID']],
      [{ unitsPerEuro: '1.1234567890123' }, ['input unitsPerEuro INVALID']],
      [{ source: 'x'.repeat(65) }, ['input source TOO_LONG']],
    ])('are refused (%#)', async (input, faults) => {
      const answer = await set(input);
      expect([answer.rate, faultsOf(answer), await list(), await auditLog(app)]).toEqual([null, faults, [], []]);
    });

    it('are used by the figures at once', async () => {
      await set({ rateDate: '2026-06-15', unitsPerEuro: '2' });
      expect(await list('(currencies: ["JPY"])')).toEqual([]);
      expect(await list('(currencies: ["USD", "JPY"], range: { from: "2026-06-15", to: "2026-06-15" })')).toEqual(['2026-06-15 USD 2 ECB']);
    });
  });

  it('are listed page by page, each rate once', async () => {
    await load(`date,currency,rate\n${['2026-06-12', '2026-06-13', '2026-06-14'].flatMap((day) => ['USD', 'AUD', 'JPY', 'SEK'].map((code) => `${day},${code},1`)).join('\n')}`);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await app.ask('admin', 'query($after: String) { exchangeRates(first: 5, after: $after) { nodes { rateDate currency } edges { cursor } pageInfo { hasNextPage endCursor } } }', { after });
      seen.push(...data.exchangeRates.nodes.map((rate: any) => `${rate.rateDate} ${rate.currency}`));
      after = data.exchangeRates.pageInfo.hasNextPage ? data.exchangeRates.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['2026-06-14', '2026-06-13', '2026-06-12'].flatMap((day) => ['AUD', 'JPY', 'SEK', 'USD'].map((code) => `${day} ${code}`)));
  });

  it.each(['analyst', 'viewer', 'partner1', 'company1'])('are not changed by %s', async (account) => {
    const { errors } = await app.ask(account, LOAD, { csv: 'Date,USD\n2026-06-12,1\n' });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', permission: 'WRITE_RATES' } }]);
    const read = await app.ask(account, '{ exchangeRates { nodes { currency } } }');
    expect(read.errors?.[0]?.extensions['code']).toBe(account === 'analyst' ? undefined : 'FORBIDDEN');
    expect(await list()).toEqual([]);
  });
});
