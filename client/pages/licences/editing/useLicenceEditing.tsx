import { useMemo, useState } from 'react';
import { useClient } from 'urql';

import { useCan, useViewer } from '../../../api/session';
import { type RowEditing, unknownMark } from '../../../ui/grid/editing/types';
import type { GridColumn } from '../../../ui/grid/types';
import { useOwnerHits, useProductHits } from '../../forms/pickers';
import { type Licence, licenceName } from '../licenceRow';
import { licenceFieldWord, type LicenceValues, newLicence, valuesOf } from '../licenceValues';
import { validateLicence } from '../validateLicence';
import { learn, licenceEdits, type Names } from './licenceEdits';
import { lookUpOwners, lookUpProducts } from './lookUp';
import { OwnerCell } from './OwnerCell';
import { saveLicences } from './saveLicences';

/** A round that is not stored yet. */
function blankLicence(id: string): Licence {
  return {
    id, etag: '', owner: null, product: null, startDate: '', endDate: null, graceEndDate: null, seats: 0, currency: '', status: '',
    lifecycleStatus: 'SCHEDULED', daysRemaining: null,
  };
}

/** The values of a round; a blank one has none. */
function storedValues(licence: Licence): LicenceValues {
  return licence.etag === '' ? { ...valuesOf(licence), seats: '' } : valuesOf(licence);
}

function learnNames(names: Names, { owner, product }: Licence): void {
  if (owner) names.set(`${owner.__typename}:${owner.id}`, owner.name);
  if (product) names.set(product.id, `${product.label} (${product.code})`);
}

const ownerCell: Pick<GridColumn<Licence>, 'cell'> = { cell: ({ owner }) => <OwnerCell owner={owner} /> };

/** How licences are edited in a grid: their columns with editors, and what the grid has to know of them. */
export function useLicenceEditing(asOf: string): { editing: RowEditing<Licence>; withEdits(columns: readonly GridColumn<Licence>[]): GridColumn<Licence>[] } {
  const client = useClient();
  const { settings } = useViewer();
  const money = useCan('READ_MONEY');
  const companies = useCan('READ_COMPANIES');
  const partners = useCan('READ_PARTNERS');
  // Names outlive another day of judgement: what is staged is still called by them.
  const [names] = useState<Names>(() => new Map());
  return useMemo(() => {
    const edits = licenceEdits(settings.currencies, names, { useOwners: useOwnerHits, useProducts: useProductHits });
    const unknown = (value: string, what: string) => (value.startsWith(unknownMark) ? `“${value.slice(unknownMark.length)}” is no ${what} we know.` : undefined);
    const { status, currency } = newLicence(settings.today, settings.reportingCurrency);
    const editing: RowEditing<Licence> = {
      one: 'licence', many: 'licences', blank: blankLicence, defaults: { status, currency },
      valuesOf: (licence) => {
        learnNames(names, licence);
        return storedValues(licence);
      },
      nameOf: licenceName, word: licenceFieldWord,
      show: (field, values) => edits[field]?.show(values) ?? values[field] ?? '',
      check: (values) => {
        const licence = values as LicenceValues;
        const wrong = validateLicence(licence, settings.currencies);
        return { ...wrong, owner: unknown(licence.owner, 'company or partner') ?? wrong.owner, product: unknown(licence.product, 'product') ?? wrong.product };
      },
      learn: (option) => learn(names, option),
      lookUp: (field, texts) => (field === 'owner' ? lookUpOwners(client, texts, { companies, partners }) : lookUpProducts(client, texts)),
      save: (changes, back) => saveLicences(client, changes, back, { asOf, money }),
    };
    return { editing, withEdits: (columns) => columns.map((column) => ({ ...column, ...(column.key === 'owner' ? ownerCell : {}), edit: edits[column.key] })) };
  }, [client, settings, money, companies, partners, asOf, names]);
}
