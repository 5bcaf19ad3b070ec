import type { Context } from '../context.js';
import type { Page } from '../db/page.js';
import type { Permission } from '../graphql.generated.js';
import { companyPage, namedCompany, type CompanyListArgs } from '../modules/company/store.js';
import type { CompanyRow } from '../modules/company/entity.js';
import { namedLicense } from '../modules/license/columns.js';
import type { LicenseRow } from '../modules/license/entity.js';
import { licensePage, type LicenseListArgs } from '../modules/license/store.js';
import type { PartnerRow } from '../modules/partner/entity.js';
import { partnerPage, type PartnerListArgs } from '../modules/partner/store.js';
import { everyUserColumn } from '../modules/user/columns.js';
import type { UserRow } from '../modules/user/entity.js';
import { userPage, type UserListArgs } from '../modules/user/store.js';
import { loadCompany } from '../modules/company/loaders.js';
import { loadPartner } from '../modules/partner/loaders.js';
import { lifecycleStatus } from '../reports/shapes/lifecycle.js';
import { minorFromFloat, moneyFromMinor } from '../reports/shapes/money.js';
import type { Cell } from './cells.js';

/** What a list is asked for: values of the list's own inputs, which the SDL has checked. */
export interface ListQuestion {
  filter: unknown;
  orderBy: unknown;
  asOf: string | null;
}

interface PageQuestion extends ListQuestion {
  first: number;
  maximum: number;
  after: string | null;
}

/** A list that can be taken away as a file. */
export interface ExportedList {
  /** Name of the file, for people. */
  title: string;
  permission: Permission;
  /** Inputs of the SDL that describe which rows, and in which order; null: the list takes none. */
  inputs: { filter: string; orderBy: string };
  header(context: Context): string[];
  /** The next rows, and the cursor after them; null at the end. */
  read(context: Context, question: PageQuestion): Promise<{ rows: Cell[][]; next: string | null }>;
}

/** Columns of a row: a name, and the cell. Names are those by which the import finds its fields. */
type Column<T> = readonly [name: string, cell: (row: T, context: Context, asOf: string) => Cell | Promise<Cell>];

const amount = (value: number, currency: string): Cell => {
  const minor = minorFromFloat(value, currency);
  // Of a currency that is not known nothing but the stored number can be said.
  return minor === null ? String(value) : { amount: moneyFromMinor(minor, currency).amount };
};

const licenceColumns: readonly Column<LicenseRow>[] = [
  ['id', ({ id }) => id],
  ['company_id', ({ companyId }) => companyId],
  ['company', ({ company }) => company?.name ?? null],
  ['partner_id', ({ partnerId }) => partnerId],
  ['partner', ({ partner }) => partner?.name ?? null],
  ['product_id', ({ productId }) => productId],
  ['product_code', ({ product }) => product?.code ?? null],
  ['product', ({ product }) => product?.label ?? null],
  ['start_date', ({ startDate }) => startDate],
  ['end_date', ({ endDate }) => endDate],
  ['seats', ({ seats }) => seats],
  ['unit_cost', ({ unitCost, currency }) => amount(unitCost, currency)],
  ['currency', ({ currency }) => currency],
  ['status', ({ status }) => status],
  ['annual_value', ({ unitCost, seats, currency }) => {
    const minor = minorFromFloat(unitCost, currency);
    return minor === null ? null : { amount: moneyFromMinor(minor.times(seats), currency).amount };
  }],
  ['total_cost', ({ totalCost, currency }) => amount(totalCost, currency)],
  ['lifecycle_status', (row, { config }, asOf) => lifecycleStatus(row, asOf, config.GRACE_DAYS_PREMIUM)],
];
const money: ReadonlySet<string> = new Set(['unit_cost', 'annual_value', 'total_cost']);

const companyColumns: readonly Column<CompanyRow>[] = [
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['active', ({ active }) => active],
  // A company learns of no partner, not even of its own reseller.
  ['partner_id', ({ partnerId }, context) => (context.signedIn().permissions.has('READ_PARTNERS') ? partnerId : null)],
  ['partner', ({ partner }) => partner?.name ?? null],
];

const partnerColumns: readonly Column<PartnerRow>[] = [
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
];

const userColumns: readonly Column<UserRow>[] = [
  ['id', ({ id }) => id],
  ['first_name', ({ firstName }) => firstName],
  ['last_name', ({ lastName }) => lastName],
  ['email', ({ email }) => email],
  ['active', ({ active }) => active],
  ['company_id', ({ companyId }) => companyId],
  ['company', async ({ companyId }, context) => (companyId === null ? null : ((await loadCompany(context, companyId))?.name ?? null))],
  // A user with a company belongs to it, whatever the row says of a partner.
  ['partner_id', ({ companyId, partnerId }) => (companyId === null ? partnerId : null)],
  ['partner', async ({ companyId, partnerId }, context) => (companyId !== null || partnerId === null ? null : ((await loadPartner(context, partnerId))?.name ?? null))],
];

/** A list from its columns and the store that reads its pages. */
function list<T>(
  description: Pick<ExportedList, 'title' | 'permission' | 'inputs'>,
  columns: readonly Column<T>[],
  page: (context: Context, question: PageQuestion) => Promise<Page<T>>,
): ExportedList {
  const visible = ({ viewer }: Context) => {
    const seesMoney = viewer.kind !== 'anonymous' && viewer.permissions.has('READ_MONEY');
    return seesMoney ? columns : columns.filter(([name]) => !money.has(name));
  };
  return {
    ...description,
    header: (context) => visible(context).map(([name]) => name),
    read: async (context, question) => {
      const { nodes, cursors, hasNextPage } = await page(context, question);
      const asOf = question.asOf ?? context.today;
      const rows = await Promise.all(nodes.map((node) => Promise.all(visible(context).map(async ([, cell]) => cell(node, context, asOf)))));
      return { rows, next: hasNextPage ? (cursors().at(-1) ?? null) : null };
    },
  };
}

/** The lists, by their name in the address. */
export const exportedLists: Readonly<Record<string, ExportedList>> = {
  licenses: list({ title: 'licences', permission: 'READ_LICENSES', inputs: { filter: 'LicenseFilter', orderBy: 'LicenseOrder' } }, licenceColumns,
    (context, question) => licensePage(context, question as LicenseListArgs, namedLicense)),
  companies: list({ title: 'companies', permission: 'READ_COMPANIES', inputs: { filter: 'CompanyFilter', orderBy: 'CompanyOrder' } }, companyColumns,
    (context, question) => companyPage(context, question as CompanyListArgs, namedCompany)),
  partners: list({ title: 'partners', permission: 'READ_PARTNERS', inputs: { filter: 'PartnerFilter', orderBy: 'PartnerOrder' } }, partnerColumns,
    (context, question) => partnerPage(context, question as PartnerListArgs)),
  users: list({ title: 'users', permission: 'READ_USERS', inputs: { filter: 'UserFilter', orderBy: 'UserOrder' } }, userColumns,
    (context, question) => userPage(context, question as UserListArgs, everyUserColumn)),
};
