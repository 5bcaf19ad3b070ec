import { describe, expect, test } from '@jest/globals';

import { createFormat } from '../../client/ui/format';

const format = createFormat('en-GB');
const plain = (text: string) => text.replace(/\u00a0|\u202f|\u2009/g, ' ');

describe('money', () => {
  test('keeps every digit of a decimal string', () => {
    expect(format.money({ amount: '12345678901234567.89', currency: 'EUR' })).toBe('€12,345,678,901,234,567.89');
  });

  test('uses the decimals of the currency', () => {
    expect(format.money({ amount: '22320000', currency: 'JPY' })).toBe('¥22,320,000');
    expect(format.money({ amount: '60.5', currency: 'EUR' })).toBe('€60.50');
  });

  test('writes the code where several currencies are on screen', () => {
    expect(plain(format.money({ amount: '60.00', currency: 'USD' }, { code: true }))).toBe('USD 60.00');
  });

  test('is compact from 10,000 up only', () => {
    expect(format.money({ amount: '1234567.00', currency: 'EUR' }, { compact: true })).toBe('€1.2m');
    expect(format.money({ amount: '9999.00', currency: 'EUR' }, { compact: true })).toBe('€9,999.00');
    expect(format.money({ amount: '-10000.00', currency: 'EUR' }, { compact: true })).toBe('-€10k');
  });

  test('shows nothing rather than something wrong', () => {
    expect(format.money(null)).toBe('–');
    expect(format.money({ amount: 'NaN', currency: 'EUR' })).toBe('–');
  });
});

describe('numbers', () => {
  test('null is a dash, zero is zero', () => {
    expect(format.integer(null)).toBe('–');
    expect(format.integer(0)).toBe('0');
    expect(format.percent(null)).toBe('–');
    expect(format.percent(0)).toBe('0%');
  });

  test('percent has a decimal below ten only', () => {
    expect(format.percent(0.0537)).toBe('5.4%');
    expect(format.percent(0.7)).toBe('70%');
    expect(format.percent(1.0749)).toBe('107%');
  });

  test('differences carry a sign', () => {
    expect(format.signed(12)).toBe('+12');
    expect(format.signed(-12)).toBe('-12');
    expect(format.signed(0)).toBe('0');
  });

  test('large counts are compact, small ones exact', () => {
    expect(format.compact(9999)).toBe('9,999');
    expect(format.compact(37587)).toBe('37.6k');
  });
});

describe('days', () => {
  test('a calendar day does not move with the zone', () => {
    const zone = process.env.TZ;
    for (const each of ['America/Los_Angeles', 'Pacific/Kiritimati']) {
      process.env.TZ = each;
      expect(format.date('2026-03-01')).toBe('1 Mar 2026');
    }
    process.env.TZ = zone;
  });

  test('ranges say what is open', () => {
    expect(plain(format.range('2026-01-01', '2026-03-31'))).toMatch(/^1 Jan ?– ?31 Mar 2026$/);
    expect(format.range('2026-01-01', null)).toBe('from 1 Jan 2026');
    expect(format.range(null, '2026-03-31')).toBe('until 31 Mar 2026');
    expect(format.range(null, null)).toBe('–');
  });

  test('instants are shown in the zone of the reports', () => {
    expect(plain(format.instant('2026-04-13T23:30:00Z', 'Europe/Berlin'))).toBe('14 Apr 2026, 01:30');
  });

  test('counts of days agree in number', () => {
    expect(format.days(1)).toBe('1 day');
    expect(format.days(14)).toBe('14 days');
  });
});
