import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { onEachDatabase } from '../support/databases.js';
import { ask, DAY, dataOf, embedBy, embedRows, nothing, overview, seatsOf, shapeOf, type RawAnswer } from '../support/embeds.js';

const timeline = { asOf: DAY, first: 50 };
const position = { by: 'OWNER', asOf: DAY, includeTrials: true, first: 50, money: false, currency: 'EUR' };

onEachDatabase('locked filters', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, { rows: embedRows });
  });
  afterAll(() => app.stop());

  const refused = async (answer: Promise<RawAnswer>) => expect(shapeOf(await answer)).toMatchObject({ status: 401, body: nothing });
  const rounds = async (token: string, filter?: unknown) =>
    (await dataOf(ask(app, token, 'Timeline', { ...timeline, filter }))).licenses.nodes.map(({ id }: { id: string }) => id).sort();

  it('none: all that the token sees', async () => {
    const { token } = await embedBy(app, 'admin');
    expect(await seatsOf(app, token)).toBe(43_210);
    expect(await seatsOf(app, token, { partnerIds: ['2'] })).toBe(3000);
    expect(await rounds(token)).toEqual(['1', '2', '3', '4']);
  });

  describe('of partner 1', () => {
    let token: string;
    beforeAll(async () => {
      ({ token } = await embedBy(app, 'admin', { dashboards: ['OVERVIEW', 'POSITION'], lockedFilters: { partnerIds: ['1'] } }));
    });

    it('hold when they are said, in any form, or left out', async () => {
      for (const filter of [undefined, null, {}, { partnerIds: null }, { partnerIds: ['1'] }, { partnerIds: [1, '1'] }]) expect(await seatsOf(app, token, filter)).toBe(40_210);
      for (const filter of [undefined, {}, { partner: { in: ['1'] } }]) expect(await rounds(token, filter)).toEqual(['1', '2', '4']);
      const { effectiveLicensePosition } = await dataOf(ask(app, token, 'Position', position));
      expect(effectiveLicensePosition.lines.nodes.map(({ name }: { name: string }) => name).sort()).toEqual(['C1', 'C2', 'P1']);
    });

    it('leave other filters to the reader', async () => {
      expect(await seatsOf(app, token, { companyIds: ['2'] })).toBe(200);
      expect(await seatsOf(app, token, { rounds: { currency: { in: ['USD'] } } })).toBe(200);
      expect(await rounds(token, { currency: { in: ['EUR'] } })).toEqual(['1', '4']);
    });

    it.each([[{ partnerIds: ['2'] }], [{ partnerIds: ['1', '2'] }], [{ partnerIds: [] }], [{ partnerIds: '2' }], ['everything'], [[]]])('give nothing to another one: %j', (filter) =>
      refused(ask(app, token, 'Overview', { ...overview, filter })));

    it.each([[{ partner: { in: ['2'] } }], [{ partner: { notIn: ['1'] } }], [{ partner: { in: ['1'], eq: '2' } }], [{ partner: {} }], [7]])('give no rounds to another one: %j', (filter) =>
      refused(ask(app, token, 'Timeline', { ...timeline, filter })));

    it.each([[{ partnerIds: ['2'] }], [{ partnerIds: ['1', '2'] }]])('give no lines to another one: %j', (filter) => refused(ask(app, token, 'Position', { ...position, filter })));

    it('are not reached around by or, not, and, search, or an owner by another name', async () => {
      const other = { partner: { in: ['2'] } };
      expect(await rounds(token, { or: [other, { company: { in: ['3'] } }] })).toEqual([]);
      expect(await rounds(token, { or: [other, { company: { in: ['1'] } }] })).toEqual(['1']);
      expect(await rounds(token, { not: { partner: { in: ['1'] } } })).toEqual([]);
      expect(await rounds(token, { and: [other] })).toEqual([]);
      expect(await rounds(token, { search: 'C3' })).toEqual([]);
      expect(await seatsOf(app, token, { companyIds: ['3'] })).toBe(0);
      expect(await seatsOf(app, token, { rounds: { company: { in: ['3'] } } })).toBe(0);
    });

    it('keep the names of other owners', async () => {
      const hits = { search: null, partner: false, company: true, product: false };
      await refused(ask(app, token, 'FilterHits', hits));
      await refused(ask(app, token, 'FilterHits', { ...hits, partner: true, company: false }));
      await refused(ask(app, token, 'FilterNames', { companies: ['3'], withPartners: false, withCompanies: true, withProducts: false }));
      const { products, companies, partners } = await dataOf(ask(app, token, 'FilterHits', { ...hits, company: false, product: true }));
      expect([products.nodes.length, companies, partners]).toEqual([2, undefined, undefined]);
    });
  });

  it('of products, statuses and currencies hold in every question about rounds', async () => {
    const { token } = await embedBy(app, 'admin', { lockedFilters: { productIds: ['1'], statuses: ['ACTIVE'], currencies: ['EUR'] } });
    expect(await seatsOf(app, token)).toBe(43_010);
    expect(await seatsOf(app, token, { companyIds: ['1'] })).toBe(10);
    expect(await seatsOf(app, token, { rounds: { or: [{ currency: { in: ['USD'] } }, { product: { in: ['2'] } }] } })).toBe(0);
    expect(await rounds(token, { lifecycleStatus: { in: ['ACTIVE'] } })).toEqual(['1', '3', '4']);
    await refused(ask(app, token, 'Timeline', { ...timeline, filter: { lifecycleStatus: { notIn: ['EXPIRED', 'INVALID'] } } }));
    await refused(ask(app, token, 'Overview', { ...overview, filter: { rounds: { product: { in: ['2'] } } } }));
    await refused(ask(app, token, 'FilterHits', { search: null, partner: false, company: false, product: true }));
  });

  it('of sources, products and currencies hold in every question of a report, its rows and its picker', async () => {
    const { token } = await embedBy(app, 'partner1', { dashboards: ['POSITION'], lockedFilters: { productSlugs: ['PRO'], sources: ['PORTAL'] } });
    const ownersOf = async (name: string, variables: unknown) =>
      (await dataOf(ask(app, token, name, variables))).effectiveLicensePosition.lines.nodes.filter(({ purchased }: { purchased: number }) => purchased > 0).map(({ name: owner }: { name: string }) => owner);
    expect(await ownersOf('Position', position)).toEqual(['C2']);
    const { currency: _, ...rows } = position;
    expect(await ownersOf('PositionRows', { ...rows, withTotal: true })).toEqual(['C2']);
    await refused(ask(app, token, 'PositionRows', { ...rows, withTotal: true, filter: { products: ['SUB'] } }));
    const slugs = await dataOf(ask(app, token, 'FilterSlugs', { search: null }));
    expect(slugs.effectiveLicensePosition.lines.nodes.map(({ productSlug }: { productSlug: string }) => productSlug)).toEqual(['pro']);
    await refused(ask(app, token, 'FilterSlugs', { search: null, filter: { products: ['SUB'] } }));
  });

  it('are told to the page with their names, and nothing of who made the token', async () => {
    const { token } = await embedBy(app, 'admin', { scope: { partnerId: '1' }, lockedFilters: { companyIds: ['1', '2'], currencies: ['EUR'] } });
    const answer = await ask(app, token, 'EmbeddedDashboard');
    const { embeddedDashboard } = JSON.parse(answer.text).data;
    expect(embeddedDashboard).toMatchObject({
      dashboards: ['OVERVIEW'], allowedOrigins: ['https://portal.example'],
      lockedFilters: { companies: [{ id: '1', name: 'C1' }, { id: '2', name: 'C2' }], currencies: ['EUR'], partners: null, products: null, statuses: null, sources: null, productSlugs: null },
    });
    expect(Date.parse(embeddedDashboard.expiresAt)).toBeGreaterThan(Date.now());
    expect(answer.text).not.toMatch(/admin|example\.com/);
  });

  it('are nothing that a session has', async () => {
    expect((await app.ask('admin', '{ embeddedDashboard { expiresAt } }')).data).toEqual({ embeddedDashboard: null });
  });
});
