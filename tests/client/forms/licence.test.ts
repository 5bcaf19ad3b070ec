import { describe, expect, it } from '@jest/globals';

import { createInput, type LicenceValues, updateInput } from '../../../client/pages/licences/licenceValues';
import { statusHint } from '../../../client/pages/licences/statusHint';
import { validateLicence } from '../../../client/pages/licences/validateLicence';

const good: LicenceValues = {
  owner: 'Company:12', product: '3', startDate: '2026-01-01', endDate: '2026-12-31', seats: '40', unitCost: '49.90', currency: 'EUR', status: 'Active',
};
const problems = (change: Partial<LicenceValues>) =>
  Object.fromEntries(Object.entries(validateLicence({ ...good, ...change }, ['EUR', 'JPY'])).filter(([, message]) => message));

describe('the form of a licence', () => {
  it('accepts a full round, a perpetual one, a one-day one and a free one', () => {
    for (const change of [{}, { endDate: '' }, { endDate: '2026-01-01' }, { unitCost: '0' }, { unitCost: '49,90' }]) expect(problems(change)).toEqual({});
  });

  it('names what is missing', () => {
    expect(Object.keys(problems({ owner: '', product: '', startDate: '', seats: '', unitCost: '', status: ' ' })))
      .toEqual(['owner', 'product', 'startDate', 'seats', 'unitCost', 'status']);
  });

  it('refuses an end before the start and a day that does not exist', () => {
    expect(problems({ endDate: '2025-12-31' })).toEqual({ endDate: 'The end is before the start.' });
    expect(problems({ startDate: '2026-02-31' })).toHaveProperty('startDate');
  });

  it('refuses seats that are no whole number of at least one', () => {
    for (const seats of ['0', '-1', '1.5', '1,000', 'ten', '99999999999']) expect(problems({ seats })).toHaveProperty('seats');
  });

  it('knows how many decimals a currency has, and guesses at no separators', () => {
    expect(problems({ unitCost: '49.901' })).toEqual({ unitCost: 'EUR has at most 2 decimals.' });
    expect(problems({ unitCost: '1.5', currency: 'JPY' })).toEqual({ unitCost: 'JPY has no decimals.' });
    expect(problems({ unitCost: '1,234.50' })).toHaveProperty('unitCost');
    expect(problems({ unitCost: '-1' })).toEqual({ unitCost: 'The price can’t be negative.' });
  });

  it('refuses a typed status longer than its column', () => {
    expect(problems({ status: 'Suspended!!' })).toEqual({ status: 'At most 10 characters.' });
  });

  it('sends an owner as exactly one of company and partner, and no end as null', () => {
    expect(createInput({ ...good, endDate: '', unitCost: '49,90' })).toEqual({
      companyId: '12', productId: '3', startDate: '2026-01-01', endDate: null, seats: 40, unitCost: '49.90', currency: 'EUR', status: 'Active',
    });
    expect(createInput({ ...good, owner: 'Partner:4' })).toHaveProperty('partnerId', '4');
  });

  it('sends only the changed fields of an update', () => {
    expect(updateInput({ ...good, seats: '50', endDate: '' }, ['seats', 'endDate'])).toEqual({ seats: 50, endDate: null });
    expect(updateInput({ ...good, owner: 'Partner:4' }, ['owner'])).toEqual({ partnerId: '4' });
  });
});

describe('the typed status', () => {
  it('is marked only where it says something else than the dates', () => {
    expect(statusHint('Active', 'ACTIVE')).toBeNull();
    expect(statusHint('active', 'PERPETUAL')).toBeNull();
    expect(statusHint('Active', 'EXPIRED')).toContain('not in force');
    expect(statusHint('Expired', 'EXPIRES_TODAY')).toContain('is in force');
    expect(statusHint('Expired', 'SCHEDULED')).toContain('not started');
    expect(statusHint('Gold', 'EXPIRED')).toBeNull();
  });
});
