import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from '../../server/config.js';

const SECRET = 'a secret of the tests, long enough for HS256';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('the configuration', () => {
  it('needs nothing for the demo', () => {
    const config = readConfig({});
    expect([config.DEMO, config.PORT, config.HOST, config.REPORT_TIMEZONE, config.ACTIVITY_WINDOW_DAYS]).toEqual([true, 4000, '127.0.0.1', 'UTC', 14]);
  });

  it('lists every fault at once', () => {
    const faults = faultsOf({
      PORT: '70000', DATABASE_URL: 'postgres://x/y', STATEMENT_TIMEOUT_SECONDS: 'soon', LICENSE_TABLE: 'a;drop', APP_LOG_TABLE: 'app_log',
      REPORT_TIMEZONE: 'Mars/Olympus', REPORTING_CURRENCY: 'XXX', VIEWER_SEES_MONEY: 'yes', ADMIN_EMAIL: 'nobody', LOG_LEVEL: 'loud', OWN_SCHEMA: 'a-b',
    });
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'ADMIN_EMAIL', 'ADMIN_EMAIL and ADMIN_PASSWORD', 'APP_LOG_TABLE', 'DATABASE_URL', 'JWT_SECRET', 'LICENSE_TABLE', 'LOG_LEVEL', 'OWN_SCHEMA',
      'PORT', 'REPORTING_CURRENCY', 'REPORT_TIMEZONE', 'STATEMENT_TIMEOUT_SECONDS', 'VIEWER_SEES_MONEY',
    ]);
  });

  it('lists faults of single variables together with those between variables', () => {
    const faults = faultsOf({ DEMO: '0', PORT: 'x', JWT_SECRET: 'short', ADMIN_EMAIL: 'a@example.com', UTILIZATION_UNDER: '2', UTILIZATION_OVER: '1' });
    expect(faults).toHaveLength(4);
    expect(faults.join('\n')).toMatch(/PORT[\s\S]*JWT_SECRET[\s\S]*UTILIZATION_UNDER[\s\S]*ADMIN_EMAIL/);
  });

  it('takes an empty variable for an absent one', () => {
    const config = readConfig({ PORT: '', DATABASE_URL: '', DEMO: '', JWT_SECRET: '', ADMIN_EMAIL: '', REPORT_TIMEZONE: '', VIEWER_SEES_MONEY: '' });
    expect(config).toEqual(readConfig({}));
  });

  it.each(['1e3', '0x10', ' 5', '5.5', '-1', 'Infinity', '٣'])('takes no PORT of %s', (PORT) => {
    expect(faultsOf({ PORT })).toHaveLength(1);
  });

  it.each([
    ['without a secret', {}],
    ['with a short one', { JWT_SECRET: 'x'.repeat(31) }],
    ['with that of the demo', { JWT_SECRET: 'seatwise-demo-secret-for-local-use-only' }],
    ['with an empty one', { JWT_SECRET: '' }],
    ['with a blank one', { JWT_SECRET: ' '.repeat(40) }],
  ])('does not start outside the demo %s', (_, given) => {
    expect(faultsOf({ DATABASE_URL: 'mysql://u:p@h/s', ...given }).join()).toMatch(/^JWT_SECRET: /);
  });

  it('is no demo on a database of the customer unless told so', () => {
    expect(readConfig({ DATABASE_URL: 'mysql://u:p@h/s', JWT_SECRET: SECRET }).DEMO).toBe(false);
    expect(readConfig({ DATABASE_URL: 'mysql://u:p@h/s', DEMO: '1' }).DEMO).toBe(true);
  });

  it.each(["a b", 'a.b.c', 'a`b', '1a', 'a--', "a'", '', 'ä', '.a', 'a.'].filter(Boolean))('takes no table name %s', (LICENSE_TABLE) => {
    expect(faultsOf({ LICENSE_TABLE })).toHaveLength(1);
  });

  it('reads the providers of premium licences, with what is left out as it usually is', () => {
    const config = readConfig({ PROVIDERS: '[{"name":"shop","kind":"http-json","url":"https://shop.example/licenses","fieldMap":{"price":"pricing.amount"}}]' });
    expect(config.SYNC_INTERVAL_MINUTES).toBe(15);
    expect(config.PROVIDERS).toEqual([expect.objectContaining({ name: 'shop', pageSize: 500, ratePerSecond: 10, timeoutSeconds: 30, limitZero: 'unknown' })]);
    expect(config.PROVIDERS[0]?.fieldMap).toMatchObject({ price: 'pricing.amount', licenseKey: 'license_key' });
    expect(readConfig({}).PROVIDERS).toEqual([]);
  });

  it('tells every fault of the providers with its place, and none of their tokens', () => {
    const faults = faultsOf({
      PROVIDERS: JSON.stringify([
        { name: 'shop', kind: 'http-json', url: 'http://shop.example/', token: 'hunter2', fieldMap: { prize: 'x' } },
        { name: 'shop', kind: 'fluent', url: 'https://shop.example/' },
        { name: 'Big Shop', kind: 'soap', url: 'ftp://x', token: 7, ratePerSecond: 0, colour: 'red' },
        { name: 'local', kind: 'http-json', url: 'http://127.0.0.1:9/x', timeoutSeconds: 0 },
      ]),
      SYNC_INTERVAL_MINUTES: '-1',
    });
    const places = faults.map((fault) => fault.split(': ')[0]);
    expect(places).toEqual(expect.arrayContaining([
      'PROVIDERS.0.url', 'PROVIDERS.0.fieldMap', 'PROVIDERS.2.name', 'PROVIDERS.2.kind', 'PROVIDERS.2.url', 'PROVIDERS.2.token', 'PROVIDERS.2.ratePerSecond', 'PROVIDERS.2',
      'PROVIDERS.3.timeoutSeconds', 'SYNC_INTERVAL_MINUTES',
    ]));
    expect(faults.join('\n')).not.toContain('hunter2');
    expect(faultsOf({ PROVIDERS: JSON.stringify([{ name: 'shop', kind: 'fluent', url: 'https://a.example' }, { name: 'shop', kind: 'http-json', url: 'https://b.example' }]) })).toEqual([
      'PROVIDERS.0.items: must name the item id of at least one product slug', 'PROVIDERS.1.name: names a provider a second time',
    ]);
    for (const PROVIDERS of ['shop', '{}', '[1]']) expect(faultsOf({ PROVIDERS })).toHaveLength(1);
  });

  it('says nothing of a secret in its faults', () => {
    const faults = faultsOf({ JWT_SECRET: 'tooshort', DATABASE_URL: 'mysql://user:hunter2@', ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD: 'short' });
    expect(faults.join('\n')).not.toMatch(/tooshort|hunter2|"short"/);
    expect(faults.length).toBeGreaterThanOrEqual(2);
  });
});
