import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { inDays, overGraphQL, premium, rest, site1, stateOf, trial } from './support.js';

/** The day for which the rows are made. */
const today = inDays(0);
const at = (days: number) => `${inDays(days)} 00:00:00`;
const host = (id: number) => `https://site${id}.example.com/`;
const ofTrial = (id: number) => ({ licenseKey: `TRIAL-${id}`, siteUrl: host(id), productSlug: 'atlas' });
const ofPremium = (id: number, site = 'https://new.example.com') => ({ licenseKey: `LIC-${id}`, siteUrl: site, productSlug: 'atlas' });

const trials = [
  trial({ id: 1 }),
  trial({ id: 2, site_url: host(2), expiration_date: at(0) }),
  trial({ id: 3, site_url: host(3), expiration_date: at(-7) }),
  trial({ id: 4, site_url: host(4), expiration_date: at(-8) }),
  trial({ id: 5, site_url: host(5), expiration_date: at(-3), grace_period_date: `${inDays(-1)} 18:30:00` }),
  trial({ id: 6, site_url: host(6), expiration_date: at(-30), grace_period_date: at(0) }),
  trial({ id: 7, site_url: host(7), is_active: 0 }),
  trial({ id: 8, site_url: host(8), expiration_date: null }),
  trial({ id: 9, site_url: host(9), expiration_date: '9999-12-31 00:00:00' }),
  trial({ id: 10, site_url: host(10), is_fluent_license_check: 1, premium_license_id: 'unknown here' }),
  trial({ id: 11, site_url: host(11), expiration_date: `${inDays(0)} 23:59:59` }),
];

const licenses = [
  premium({ id: 1 }),
  premium({ id: 2, expiration_date: inDays(0) }),
  premium({ id: 3, expiration_date: inDays(-7) }),
  premium({ id: 4, expiration_date: inDays(-8) }),
  premium({ id: 5, expiration_date: null }),
  premium({ id: 6, is_enabled: 0 }),
  premium({ id: 7, activation_limit: 1, activation_count: 1, site_count: 1, site_url: 'https://named.example.com', site_host: 'named.example.com' }),
  premium({ id: 8, activation_limit: 2, activation_count: 2, site_count: 2 }),
  premium({ id: 9, activation_limit: 0, activation_count: 9, site_count: 9 }),
  premium({ id: 10, activation_limit: null, activation_count: null, site_count: 9 }),
  premium({ id: 11, activation_limit: 1, is_unlimited: 1, activation_count: 5, site_count: 5 }),
  premium({ id: 12, activation_limit: 1, activation_count: 1, site_count: 0 }),
];
const activations = [{ license_id: 8, site_url: 'https://www.active.example.com/blog', site_host: 'active.example.com' }];

onEachDatabase('the states of a licence check', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: { trial: trials, externalLicense: licenses, externalActivation: activations } });
  });
  afterAll(() => app.stop());

  it.each([
    ['in force', 1, { state: 'ACTIVE', expirationDate: inDays(10), daysToExpiry: 10, graceEndDate: inDays(17), daysToGraceEnd: 17 }],
    ['on its last day', 2, { state: 'EXPIRES_TODAY', expirationDate: inDays(0), daysToExpiry: 0, graceEndDate: inDays(7), daysToGraceEnd: 7 }],
    ['on its last day, which has a time', 11, { state: 'EXPIRES_TODAY', expirationDate: inDays(0), daysToExpiry: 0, graceEndDate: inDays(7), daysToGraceEnd: 7 }],
    ['on the last day of grace', 3, { state: 'IN_GRACE', expirationDate: inDays(-7), daysToExpiry: -7, graceEndDate: inDays(0), daysToGraceEnd: 0 }],
    ['past grace', 4, { state: 'EXPIRED', expirationDate: inDays(-8), daysToExpiry: -8, graceEndDate: inDays(-1), daysToGraceEnd: -1 }],
    ['past a shorter grace of its own', 5, { state: 'EXPIRED', expirationDate: inDays(-3), daysToExpiry: -3, graceEndDate: inDays(-1), daysToGraceEnd: -1 }],
    ['in a longer grace of its own', 6, { state: 'IN_GRACE', expirationDate: inDays(-30), daysToExpiry: -30, graceEndDate: inDays(0), daysToGraceEnd: 0 }],
    ['without an end', 8, { state: 'ACTIVE', expirationDate: null, daysToExpiry: null, graceEndDate: null, daysToGraceEnd: null }],
    ['until the end of time', 9, { state: 'ACTIVE', expirationDate: null, daysToExpiry: null, graceEndDate: null, daysToGraceEnd: null }],
  ])('judges a trial %s, the same over REST and GraphQL', async (_, id, expected) => {
    const [answer, other] = [await rest(app.url, ofTrial(id)), await overGraphQL(app, ofTrial(id))];
    // Midnight may have passed meanwhile.
    if (inDays(0) !== today) return;
    expect(answer).toMatchObject({ status: 200, userErrors: [], check: { ...expected, isPremium: false } });
    expect(other).toMatchObject({ status: 200, userErrors: [], check: answer.check });
  });

  it.each([
    ['in force', 1, { state: 'ACTIVE', expirationDate: inDays(200), daysToExpiry: 200, graceEndDate: inDays(207), daysToGraceEnd: 207 }],
    ['on its last day', 2, { state: 'EXPIRES_TODAY', daysToExpiry: 0, daysToGraceEnd: 7 }],
    ['on the last day of grace', 3, { state: 'IN_GRACE', daysToExpiry: -7, daysToGraceEnd: 0 }],
    ['past grace', 4, { state: 'EXPIRED', daysToExpiry: -8, daysToGraceEnd: -1 }],
    ['without an end', 5, { state: 'ACTIVE', expirationDate: null, daysToExpiry: null, graceEndDate: null, daysToGraceEnd: null }],
  ])('judges a premium licence %s, the same over REST and GraphQL', async (_, id, expected) => {
    const [answer, other] = [await rest(app.url, ofPremium(id)), await overGraphQL(app, ofPremium(id))];
    // Midnight may have passed meanwhile.
    if (inDays(0) !== today) return;
    expect(answer).toMatchObject({ status: 200, userErrors: [], check: { ...expected, isPremium: true } });
    expect(other).toMatchObject({ userErrors: [], check: answer.check });
  });

  it('calls a converted trial premium even where its licence is not mirrored', async () => {
    const { check } = await rest(app.url, ofTrial(10));
    if (inDays(0) === today) expect(check).toMatchObject({ state: 'ACTIVE', isPremium: true, expirationDate: inDays(10) });
  });

  const nothing = { state: 'INVALID', isPremium: null, expirationDate: null, daysToExpiry: null, graceEndDate: null, daysToGraceEnd: null };
  it.each([
    ['a key that nobody has', { ...site1, licenseKey: 'TRIAL-99' }],
    ['a key in other letter case', { ...site1, licenseKey: 'trial-1' }],
    ["another trial's key", { ...site1, licenseKey: 'TRIAL-2' }],
    ['another site', { ...site1, siteUrl: 'https://site2.example.com' }],
    ['a part of the site', { ...site1, siteUrl: 'https://shop.site1.example.com' }],
    ['another product', { ...site1, productSlug: 'beacon' }],
    ['a trial that is switched off', ofTrial(7)],
    ['a premium licence that is switched off', ofPremium(6)],
    ['a premium licence of another product', { ...ofPremium(1), productSlug: 'beacon' }],
    ['a premium key in other letter case', { ...ofPremium(1), licenseKey: 'lic-1' }],
    ['a premium licence without room', ofPremium(7)],
    ['a premium licence whose places are all taken', ofPremium(8)],
    ['a wildcard', { ...site1, licenseKey: '%' }],
    ['SQL', { ...site1, licenseKey: "' or 1=1 -- " }],
  ])('answers INVALID without a further word to %s, on both transports', async (_, input) => {
    const answer = await rest(app.url, input);
    expect(answer).toMatchObject({ status: 200, userErrors: [], check: nothing });
    expect(Object.keys(answer.check).sort()).toEqual([...Object.keys(nothing), 'checkedAt'].sort());
    expect((await overGraphQL(app, input)).check).toEqual(answer.check);
  });

  it.each([
    ['the site that the provider names', ofPremium(7, 'http://named.example.com/')],
    ['an activation', ofPremium(8, 'active.example.com')],
    ['a new site when the limit is unknown or 0', ofPremium(9)],
    ['a new site when there is no limit', ofPremium(10)],
    ['a new site of an unlimited licence', ofPremium(11)],
    ['the site that a provider counts without naming it', ofPremium(12)],
  ])('lets %s run a premium licence', async (_, input) => {
    expect((await rest(app.url, input)).check).toMatchObject({ state: 'ACTIVE', isPremium: true });
  });

  it('knows a site however its address is written, and a product in any letter case', async () => {
    for (const siteUrl of ['site1.example.com', 'HTTP://WWW.Site1.Example.com:8080/shop/?a=b#c', '  https://site1.example.com  ', 'www.site1.example.com/blog']) {
      expect(await stateOf(app, { siteUrl, productSlug: ' ATLAS ' })).toBe('ACTIVE');
    }
    expect(await stateOf(app, { licenseKey: ' TRIAL-1 ' })).toBe('ACTIVE');
  });
});
