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

  it('says nothing of a secret in its faults', () => {
    const faults = faultsOf({ JWT_SECRET: 'tooshort', DATABASE_URL: 'mysql://user:hunter2@', ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD: 'short' });
    expect(faults.join('\n')).not.toMatch(/tooshort|hunter2|"short"/);
    expect(faults.length).toBeGreaterThanOrEqual(2);
  });
});
