import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type Answer, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';
import { jpegHead, png, webpHead } from '../support/images.js';

const SET = 'mutation($input: SetBrandingInput!) { setBranding(input: $input) { branding { etag displayName accent logo colors { adapted light { text } } } userErrors { field code message } } }';
const REMOVE = 'mutation($partnerId: ID!, $etag: String!) { removeBranding(partnerId: $partnerId, etag: $etag) { deletedId userErrors { field code } } }';
const OWN = '{ viewer { tenant { ownerType id name } branding { displayName accent logo colors { light { solid } } } } }';
const green = png(4, 4);
const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64');

onEachDatabase('the branding of a partner', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [1, 2, 3].map((id) => ({ id, partner_name: `Reseller ${id}` })),
        company: [1, 2, 3].map((id) => ({ id, company_name: `Customer ${id}`, active: 1, partner_id: id })),
      },
    });
  });
  afterAll(() => app.stop());

  const set = async (input: Record<string, unknown>, account = 'admin'): Promise<any> => (await app.ask(account, SET, { input })).data.setBranding;
  const read = async (partnerId: string) => (await app.ask('admin', 'query($id: ID!) { partner(id: $id) { branding { etag displayName accent logo } } }', { id: partnerId })).data.partner.branding;
  const own = async (account: string) => (await app.ask(account, OWN)).data.viewer;
  const codes = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions['code']);

  it('is none at first', async () => {
    expect(await own('partner1')).toEqual({ tenant: { ownerType: 'PARTNER', id: '1', name: 'Reseller 1' }, branding: null });
    expect(await own('company1')).toEqual({ tenant: { ownerType: 'COMPANY', id: '1', name: 'Customer 1' }, branding: null });
    expect(await own('admin')).toEqual({ tenant: null, branding: null });
  });

  it('is set, changed and removed, each change in the log without the picture', async () => {
    const before = (await auditLog(app)).length;
    const made = await set({ partnerId: '1', displayName: '  Nordlicht  ', accent: '#0A6B48', logo: base64(green) });
    expect(made).toEqual({
      branding: { etag: expect.any(String), displayName: 'Nordlicht', accent: '#0a6b48', logo: `data:image/png;base64,${base64(green)}`, colors: { adapted: true, light: { text: '#0a6b48' } } },
      userErrors: [],
    });
    // Omitted, the logo stays; null takes it away.
    const renamed = await set({ partnerId: '1', etag: made.branding.etag, displayName: 'Nordlicht GmbH', accent: '#0a6b48' });
    expect(renamed.branding).toMatchObject({ displayName: 'Nordlicht GmbH', logo: made.branding.logo });
    expect(renamed.branding.etag).not.toBe(made.branding.etag);
    const plain = await set({ partnerId: '1', etag: renamed.branding.etag, displayName: 'Nordlicht GmbH', accent: null, logo: null });
    expect(plain.branding).toMatchObject({ accent: null, logo: null, colors: null });
    const removed = (await app.ask('admin', REMOVE, { partnerId: '1', etag: plain.branding.etag })).data.removeBranding;
    expect([removed, await read('1')]).toEqual([{ deletedId: '1', userErrors: [] }, null]);
    const { data } = await app.ask('admin', '{ auditLog(first: 4) { nodes { action entity entityId label changes { field before after afterLabel } } } }');
    expect((await auditLog(app)).length).toBe(before + 4);
    expect(data.auditLog.nodes.map(({ action, entity, entityId }: any) => [action, entity, entityId])).toEqual(['DELETE', 'UPDATE', 'UPDATE', 'CREATE'].map((action) => [action, 'Branding', '1']));
    expect(data.auditLog.nodes[3]).toMatchObject({ label: 'Nordlicht' });
    expect(data.auditLog.nodes[3].changes).toEqual(expect.arrayContaining([
      { field: 'partnerId', before: null, after: '1', afterLabel: 'Reseller 1' }, { field: 'logoType', before: null, after: 'png', afterLabel: null },
      { field: 'logoBytes', before: null, after: String(green.length), afterLabel: null },
    ]));
    expect(JSON.stringify(await auditLog(app))).not.toContain(base64(green).slice(0, 40));
  });

  it('that says nothing new is no change', async () => {
    const { branding } = await set({ partnerId: '2', displayName: 'Same', logo: base64(green) });
    const before = (await auditLog(app)).length;
    const again = await set({ partnerId: '2', etag: branding.etag, displayName: 'Same', logo: base64(green) });
    expect([again.branding.etag, (await auditLog(app)).length]).toEqual([branding.etag, before]);
    await app.ask('admin', REMOVE, { partnerId: '2', etag: branding.etag });
  });

  describe('refuses', () => {
    const error = (field: string, code: string) => ({ branding: null, userErrors: [{ field: ['input', field], code, message: expect.any(String) }] });
    it.each<[string, Record<string, unknown>, string, string]>([
      ['a partner that is not there', { partnerId: '99' }, 'partnerId', 'NOT_FOUND'],
      ['an id that is none', { partnerId: 'x' }, 'partnerId', 'NOT_FOUND'],
      ['no name', { displayName: ' ' }, 'displayName', 'REQUIRED'],
      ['a name of 61 characters', { displayName: 'é'.repeat(61) }, 'displayName', 'TOO_LONG'],
      ['a name that cannot be stored', { displayName: 'a\u0000b' }, 'displayName', 'INVALID'],
      ...['red', '#fff', '#12345g', 'url(x)', '#0a6b48; }', ''].map((accent): [string, Record<string, unknown>, string, string] => [`the accent "${accent}"`, { accent }, 'accent', 'INVALID']),
      ['an SVG', { logo: base64('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') }, 'logo', 'INVALID'],
      ['an SVG behind the first bytes of a picture', { logo: base64(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('<svg onload="alert(1)"/>')])) }, 'logo', 'INVALID'],
      ['a data URL', { logo: `data:image/png;base64,${base64(green)}` }, 'logo', 'INVALID'],
      ['what is no base64', { logo: '***' }, 'logo', 'INVALID'],
      ['base64 with line breaks', { logo: base64(green).replace(/(.{20})/g, '$1\n') }, 'logo', 'INVALID'],
      ['an empty picture', { logo: '' }, 'logo', 'INVALID'],
      ['a picture of 102,401 bytes', { logo: base64(Buffer.concat([green, Buffer.alloc(102_401 - green.length)])) }, 'logo', 'TOO_LONG'],
      ['a picture of a megabyte', { logo: base64(png(4, 4, [0, 0, 0], 1_000_000)) }, 'logo', 'TOO_LONG'],
      ['more pixels than a browser should unpack', { logo: base64(webpHead('VP8X', 16_000, 16_000)) }, 'logo', 'INVALID'],
      ['2,001 pixels', { logo: base64(jpegHead(2001, 10)) }, 'logo', 'INVALID'],
    ])('%s', async (_, input, field, code) => {
      const entries = (await auditLog(app)).length;
      expect(await set({ partnerId: '3', displayName: 'Fine', ...input })).toEqual(error(field, code));
      expect([await read('3'), (await auditLog(app)).length]).toEqual([null, entries]);
    });

    it('everything at once, each on its field', async () => {
      const { userErrors } = await set({ partnerId: '99', displayName: '', accent: 'x', logo: 'x' });
      expect(userErrors.map(({ field }: any) => field[1])).toEqual(['partnerId', 'displayName', 'accent', 'logo']);
    });

    it('a change of what somebody else has changed, and shows what it is now', async () => {
      const first = await set({ partnerId: '3', displayName: 'First' });
      const second = await set({ partnerId: '3', displayName: 'Second' });
      expect([second.branding.displayName, second.userErrors.map(({ field, code }: any) => [field, code])]).toEqual(['First', [[['input', 'etag'], 'CONFLICT']]]);
      const third = await set({ partnerId: '3', etag: 'x', displayName: 'Third' });
      expect([third.branding.etag, third.userErrors[0].code]).toEqual([first.branding.etag, 'CONFLICT']);
      expect((await set({ partnerId: '2', etag: first.branding.etag, displayName: 'Not there' })).userErrors[0].code).toBe('NOT_FOUND');
      expect((await app.ask('admin', REMOVE, { partnerId: '3', etag: 'x' })).data.removeBranding).toEqual({ deletedId: null, userErrors: [{ field: ['etag'], code: 'CONFLICT' }] });
      expect((await app.ask('admin', REMOVE, { partnerId: '3', etag: first.branding.etag })).data.removeBranding.userErrors).toEqual([]);
    });

    it('two who set it at the same time: one of them', async () => {
      const answers = await Promise.all([1, 2, 3, 4].map((number) => set({ partnerId: '3', displayName: `At once ${number}` })));
      const refusals = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: any) => code));
      expect(refusals).toHaveLength(3);
      for (const code of refusals) expect(['CONFLICT', 'DUPLICATE']).toContain(code);
      await app.ask('admin', REMOVE, { partnerId: '3', etag: (await read('3')).etag });
    });
  });

  it('is seen by that partner alone', async () => {
    const pictures = [png(4, 4, [200, 0, 0]), png(4, 4, [0, 0, 200])];
    for (const [index, picture] of pictures.entries()) {
      expect((await set({ partnerId: String(index + 1), displayName: `Look ${index + 1}`, accent: index === 0 ? '#c80000' : '#0000c8', logo: base64(picture) })).userErrors).toEqual([]);
    }
    expect(await own('partner1')).toMatchObject({ branding: { displayName: 'Look 1', accent: '#c80000', logo: `data:image/png;base64,${base64(pictures[0] ?? '')}` } });
    expect(await own('partner2')).toMatchObject({ branding: { displayName: 'Look 2', accent: '#0000c8', logo: `data:image/png;base64,${base64(pictures[1] ?? '')}` } });
    expect((await own('partner3')).branding).toBeNull();
    // A company learns of no partner: not by a name, a colour or a picture either.
    for (const account of ['company1', 'company2', 'admin', 'analyst', 'viewer']) expect((await own(account)).branding).toBeNull();
    for (const account of ['partner1', 'company1', 'analyst', 'viewer']) {
      expect(codes(await app.ask(account, '{ partners { nodes { branding { displayName } } } }'))).toEqual([account === 'company1' ? 'FORBIDDEN' : 'GRAPHQL_VALIDATION_FAILED']);
      expect(codes(await app.ask(account, '{ viewer { branding { etag } } }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      expect(codes(await app.ask(account, SET, { input: { partnerId: '1', displayName: 'Mine' } }))).toEqual(['FORBIDDEN']);
      expect(codes(await app.ask(account, REMOVE, { partnerId: '1', etag: 'x' }))).toEqual(['FORBIDDEN']);
    }
  });

  it('of a token is that of whom it is confined to', async () => {
    const make = async (account: string, rest: string) =>
      (await app.ask(account, `mutation { createApiToken(input: { name: "t", expiresInDays: 1, ${rest} }) { token userErrors { message } } }`)).data.createApiToken.token as string;
    const asToken = async (token: string): Promise<any> => {
      const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query: OWN }) });
      return ((await response.json()) as Answer).data.viewer;
    };
    expect(await asToken(await make('admin', 'role: PARTNER, partnerId: 2'))).toMatchObject({ tenant: { id: '2' }, branding: { displayName: 'Look 2' } });
    expect(await asToken(await make('partner1', 'role: COMPANY, companyId: 1'))).toEqual({ tenant: { ownerType: 'COMPANY', id: '1', name: 'Customer 1' }, branding: null });
  });
});
