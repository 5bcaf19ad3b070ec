import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { auditLog } from '../support/audit.js';
import { onEachDatabase } from '../support/databases.js';

const reads: Record<string, string> = { Company: 'id etag name active partner { id }', Partner: 'id etag name', Product: 'id etag code label' };

onEachDatabase('changes of companies, partners and products', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(kind, {
      rows: {
        partner: [{ id: 1, partner_name: 'P1' }, { id: 2, partner_name: 'P2' }],
        company: [{ id: 1, company_name: 'C1', active: 1, partner_id: 1 }],
        product: [{ id: 1, code: 'SUB', label: 'Sub' }, { id: 2, code: 'ADM', label: 'Adm' }],
      },
    });
  });
  afterAll(() => app.stop());

  const change = async (verb: 'create' | 'update', type: string, input: Record<string, unknown>, id?: string) => {
    const root = type.toLowerCase();
    const etag = id === undefined ? undefined : (await app.ask('admin', `{ row: ${root}(id: ${id}) { etag } }`)).data.row.etag;
    const [head, args] = id === undefined ? ['', 'input: $input'] : ['$id: ID!, $etag: String!, ', 'id: $id, etag: $etag, input: $input'];
    const Verb = verb === 'create' ? 'Create' : 'Update';
    const { data, errors } = await app.ask('admin', `mutation(${head}$input: ${Verb}${type}Input!) {
      result: ${verb}${type}(${args}) { row: ${root} { ${reads[type]} } userErrors { field code message } } }`, { id, etag, input });
    expect(errors).toBeUndefined();
    return data.result;
  };
  const long = 'ä'.repeat(255);

  it.each<[string, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>]>([
    ['Company', { name: '  Neu & Söhne 東京 😀 ' }, { name: 'Neu & Söhne 東京 😀', active: true, partner: null }, { name: 'Neu & Söhne 東京 😀', active: 1, partnerId: null }],
    ['Company', { name: 'With partner', active: false, partnerId: '2' }, { name: 'With partner', active: false, partner: { id: '2' } }, { name: 'With partner', active: 0, partnerId: 2 }],
    ['Company', { name: long, partnerId: null }, { name: long, active: true, partner: null }, { name: long }],
    ['Partner', { name: "O'Neil" }, { name: "O'Neil" }, { name: "O'Neil" }],
    ['Product', { code: 'ENT', label: 'Enterprise' }, { code: 'ENT', label: 'Enterprise' }, { code: 'ENT', label: 'Enterprise' }],
    ['Product', { code: '1234567890', label: ' L ' }, { code: '1234567890', label: 'L' }, { code: '1234567890', label: 'L' }],
  ])('creates a %s %j', async (type, input, shown, logged) => {
    const { row, userErrors } = await change('create', type, input);
    expect(userErrors).toEqual([]);
    expect(row).toEqual({ id: expect.any(String), etag: expect.any(String), ...shown });
    const { data } = await app.ask('admin', `{ row: ${type.toLowerCase()}(id: ${row.id}) { ${reads[type]} } }`);
    expect(data.row).toEqual(row);
    expect((await auditLog(app)).at(-1)).toMatchObject({ action: 'create', entity: type, entityId: row.id, before: null, after: { id: Number(row.id), ...logged } });
  });

  it.each<[string, string, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>]>([
    ['Company', '1', { active: false }, { name: 'C1', active: false, partner: { id: '1' } }, { active: 0, partnerId: 1 }],
    ['Company', '1', { partnerId: null }, { name: 'C1', active: false, partner: null }, { active: 0, partnerId: null }],
    ['Company', '1', { partnerId: '2', name: 'C1 new' }, { name: 'C1 new', active: false, partner: { id: '2' } }, { name: 'C1 new', partnerId: 2 }],
    ['Partner', '1', { name: 'P1 new' }, { name: 'P1 new' }, { name: 'P1 new' }],
    ['Product', '1', { label: 'Only the label' }, { code: 'SUB', label: 'Only the label' }, { code: 'SUB', label: 'Only the label' }],
    ['Product', '1', { code: 'sub' }, { code: 'sub', label: 'Only the label' }, { code: 'sub' }],
  ])('updates %s %s with %j and leaves the rest', async (type, id, input, shown, logged) => {
    const { row, userErrors } = await change('update', type, input, id);
    expect(userErrors).toEqual([]);
    expect(row).toMatchObject({ id, ...shown });
    expect((await auditLog(app)).at(-1)).toMatchObject({ action: 'update', entity: type, entityId: id, after: logged, before: expect.any(Object) });
  });

  it.each<['create' | 'update', string, Record<string, unknown>, [string, string][]]>([
    ['create', 'Company', { name: ' ' }, [['name', 'REQUIRED']]], ['create', 'Company', { name: `${long}x` }, [['name', 'TOO_LONG']]],
    ['create', 'Company', { name: '', partnerId: '77' }, [['name', 'REQUIRED'], ['partnerId', 'NOT_FOUND']]], ['create', 'Company', { name: 'x', partnerId: 'abc' }, [['partnerId', 'NOT_FOUND']]],
    ['create', 'Partner', { name: '' }, [['name', 'REQUIRED']]], ['create', 'Partner', { name: `${long}x` }, [['name', 'TOO_LONG']]],
    ['create', 'Product', { code: '', label: '' }, [['code', 'REQUIRED'], ['label', 'REQUIRED']]], ['create', 'Product', { code: '12345678901', label: `${long}x` }, [['code', 'TOO_LONG'], ['label', 'TOO_LONG']]],
    ['create', 'Product', { code: 'adm', label: 'x' }, [['code', 'DUPLICATE']]],
    ['update', 'Company', { name: null }, [['name', 'REQUIRED']]], ['update', 'Company', { active: null }, [['active', 'REQUIRED']]], ['update', 'Company', { partnerId: '77' }, [['partnerId', 'NOT_FOUND']]],
    ['update', 'Partner', { name: null }, [['name', 'REQUIRED']]], ['update', 'Product', { code: 'ADM' }, [['code', 'DUPLICATE']]],
    ['update', 'Product', { code: null }, [['code', 'REQUIRED']]], ['update', 'Product', { label: '\t' }, [['label', 'REQUIRED']]],
  ])('refuses to %s a %s %.80j, and logs nothing', async (verb, type, input, faults) => {
    const everything = () => app.ask('admin', '{ companies { nodes { etag } } partners { nodes { etag } } products { nodes { etag } } }');
    const before = [await everything(), (await auditLog(app)).length];
    const { row, userErrors } = await change(verb, type, input, verb === 'update' ? '1' : undefined);
    expect(row).toBeNull();
    expect(userErrors.map(({ field, code }: any) => [field, code])).toEqual(faults.map(([field, code]) => [['input', field], code]));
    expect([await everything(), (await auditLog(app)).length]).toEqual(before);
  });

  it('shows each change to the next in one request', async () => {
    const { data, errors } = await app.ask('admin', `mutation {
      a: createPartner(input: { name: "first" }) { partner { name companies { totalCount } } }
      b: createCompany(input: { name: "second", partnerId: 1 }) { company { partner { name companies { totalCount } } } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ a: { partner: { name: 'first', companies: { totalCount: 0 } } }, b: { company: { partner: { name: 'P1 new', companies: { totalCount: 1 } } } } });
  });
});
