import { describe, expect, it } from '@jest/globals';

import { createReader } from '../../../client/ui/grid/editing/locale';

const [british, american, german, french, indian, swiss] = ['en-GB', 'en-US', 'de-DE', 'fr-FR', 'en-IN', 'de-CH'].map((locale) => createReader(locale));

describe('texts in the reader’s locale', () => {
  it('are days in the order of the reader', () => {
    for (const text of ['2026-04-03', '3/4/2026', '03.04.26', '3 Apr 2026', '3 April 2026', 'April 3, 2026', ' 3-4-2026 ']) expect([text, british?.day(text)]).toEqual([text, '2026-04-03']);
    for (const text of ['4/3/2026', '4/3/26', 'Apr 3, 2026', '2026/04/03']) expect([text, american?.day(text)]).toEqual([text, '2026-04-03']);
    for (const text of ['3.4.2026', '03.04.2026', '3. April 2026', '3. Apr. 2026']) expect([text, german?.day(text)]).toEqual([text, '2026-04-03']);
    for (const text of ['03/04/2026', '3 avril 2026', '3 avr. 2026']) expect([text, french?.day(text)]).toEqual([text, '2026-04-03']);
    expect(german?.day('15. März 2026')).toBe('2026-03-15');
  });

  it('are no days that do not exist, and nothing guessed', () => {
    for (const text of ['31/2/2026', '13/13/2026', '2026-02-29', 'soon', '', '3/4', '3/4/202', '12', '4 3 5 2026']) expect([text, british?.day(text)]).toEqual([text, null]);
    expect(american?.day('13/4/2026')).toBeNull();
    expect(british?.day('29/2/2028')).toBe('2028-02-29');
  });

  it('are numbers with the reader’s separators', () => {
    expect(['1,234.50', '1234.5', '12', '-3', '0.10'].map((text) => british?.decimal(text))).toEqual(['1234.50', '1234.5', '12', '-3', '0.10']);
    expect(['1.234,50', '1234,5', '1.234', '1.234.567'].map((text) => german?.decimal(text))).toEqual(['1234.50', '1234.5', '1234', '1234567']);
    expect(['1 234,50', '1\u202f234,50', '1\u00a0234'].map((text) => french?.decimal(text))).toEqual(['1234.50', '1234.50', '1234']);
    expect(indian?.decimal('12,34,567.00')).toBe('1234567.00');
    expect(['1’234.50', '1\'234.50'].map((text) => swiss?.decimal(text))).toEqual(['1234.50', '1234.50']);
  });

  it('keep every digit of a large amount', () => {
    expect(british?.decimal('12,345,678,901,234,567.89')).toBe('12345678901234567.89');
  });

  it('are no numbers with separators in the wrong places', () => {
    for (const text of ['1,23', '12,34.5', '1.2.3', '1,234,56', '12a', '', '.', '1 2']) expect([text, british?.decimal(text)]).toEqual([text, null]);
    expect(german?.decimal('49.90')).toBeNull();
  });

  it('are whole numbers without a rest', () => {
    expect(['1,234', '12.00', '7'].map((text) => british?.whole(text))).toEqual(['1234', '12', '7']);
    expect(['1.5', 'x'].map((text) => british?.whole(text))).toEqual([null, null]);
    expect(german?.whole('1.234')).toBe('1234');
  });

  it('are written as they are read', () => {
    expect([british?.writeDecimal('49.90'), german?.writeDecimal('49.90')]).toEqual(['49.90', '49,90']);
  });
});
