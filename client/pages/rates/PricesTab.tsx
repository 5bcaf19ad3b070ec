import { IconPencil, IconPlus, IconTrash, IconUpload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import type { PricesQuery as PricesAnswer } from '../../api/generated/graphql';
import { useCan, useViewer } from '../../api/session';
import { CheckBox } from '../../reports/frame/ReportPage';
import { Button, IconButton } from '../../ui/Button';
import { FilterBar } from '../../ui/filters/FilterBar';
import { useAsOf, useFilters, useSettledFilters } from '../../ui/filters/state';
import { format } from '../../ui/format';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { Grid } from '../../ui/grid/Grid';
import type { GridColumn } from '../../ui/grid/types';
import { useExport } from '../../ui/grid/useExport';
import { usePages } from '../../ui/grid/usePages';
import { ErrorCard, Skeleton } from '../../ui/states';
import { NoRows } from '../detail/NoRows';
import { EntityDialogs, type Task } from '../forms/EntityDialogs';
import { FormDrawer } from '../forms/FormDrawer';
import { Toast, useToast } from '../forms/Toast';
import { useNew } from '../forms/useNew';
import { LoadForm } from './LoadForm';
import { PriceForm } from './PriceForm';
import { DeletePrice, LoadPrices, type Price, PriceFields, PricesQuery } from './priceQueries';
import classes from './rates.module.css';

const unsorted = { field: '', direction: 'ASC' } as const;
const pick = ({ prices }: PricesAnswer) => ({ ...prices, nodes: getFragmentData(PriceFields, prices.nodes) });
const rowKey = (price: Price) => price.id;
const nameOf = ({ productSlug, variation }: Price) => (variation ? `${productSlug} ${variation}` : productSlug);

const layouts = [{
  words: 'A row with the product, variation, currency and first day of an existing price replaces it. Empty: any variation, paid once, no last day',
  example: 'product,variation,amount,currency,interval_months,valid_from,valid_to\nfluent-forms,agency,249.00,USD,12,2026-01-01,',
}];

const muted = (text: string) => <span className={classes['muted']}>{text}</span>;
const interval = (months: number) => (months === 12 ? 'a year' : months === 1 ? 'a month' : `${format.integer(months)} months`);

const figures: readonly GridColumn<Price>[] = [
  { key: 'product', header: 'Product', width: 'minmax(180px, 1fr)', frozen: true, card: 'title', value: (price) => price.productSlug },
  { key: 'variation', header: 'Variation', width: 150, card: 'field', value: (price) => price.variation ?? null, cell: (price) => price.variation ?? muted('any') },
  { key: 'amount', header: 'Price', width: 130, numeric: true, card: 'field', value: (price) => price.amount.amount, cell: (price) => format.money(price.amount, { code: true }) },
  { key: 'currency', header: 'Currency', optional: true, value: (price) => price.amount.currency },
  { key: 'interval', header: 'Billed', width: 110, card: 'field', value: (price) => price.intervalMonths ?? null, cell: (price) => (price.intervalMonths == null ? muted('once') : interval(price.intervalMonths)) },
  { key: 'validFrom', header: 'Valid from', width: 120, value: (price) => price.validFrom, cell: (price) => format.date(price.validFrom) },
  { key: 'validTo', header: 'Valid until', width: 120, card: 'field', value: (price) => price.validTo ?? null, cell: (price) => (price.validTo ? format.date(price.validTo) : muted('open')) },
];

const listed = figures.filter(({ optional }) => !optional);

function actions(onTask: (task: Task<Price>) => void): GridColumn<Price> {
  return {
    key: 'actions', header: 'Actions', width: 84, fixed: true, card: 'badge', value: () => null,
    cell: (price, tabIndex) => (
      <span className={classes['actions']}>
        <IconButton label={`Edit the price of ${nameOf(price)}`} tabIndex={tabIndex} onClick={() => onTask({ kind: 'edit', row: price })}><IconPencil aria-hidden size={16} /></IconButton>
        <IconButton label={`Delete the price of ${nameOf(price)}`} tabIndex={tabIndex} onClick={() => onTask({ kind: 'delete', row: price })}><IconTrash aria-hidden size={16} /></IconButton>
      </span>
    ),
  };
}

/** What premium licences cost whose provider names no price. */
export function PricesTab() {
  const mayWrite = useCan('WRITE_PRICES');
  const asOf = useAsOf();
  const { q } = useSettledFilters();
  const [, setFilters] = useFilters();
  const [validOnly, setValidOnly] = useState(false);
  const [task, setTask] = useState<Task<Price> | null>(null);
  const [loading, setLoading] = useState(false);
  const [toast, say] = useToast();
  const { settings } = useViewer();
  const [, remove] = useMutation(DeletePrice);
  const [, load] = useMutation(LoadPrices);
  useNew(mayWrite, () => setTask({ kind: 'add' }));
  const variables = useMemo(() => ({ search: q === '' ? null : q, validOn: validOnly ? asOf : null }), [q, validOnly, asOf]);
  const pages = usePages(PricesQuery, variables, pick);
  const shown = useMemo(() => (mayWrite ? [...listed, actions(setTask)] : listed), [mayWrite]);
  const file = useExport({ query: PricesQuery, variables, pick, columns: figures, name: `price list ${settings.today}` });
  return (
    <>
      <div className={classes['toolbar']}>
        <div className={classes['toolbar']}>
          <FilterBar keys={[]} search="Search products" />
          <CheckBox label={`Valid on ${format.date(asOf)} only`} checked={validOnly} onChange={setValidOnly} />
        </div>
        <span className={classes['buttons']}>
          <ExportMenu {...file} />
          {mayWrite && <Button onClick={() => setLoading(true)}><IconUpload aria-hidden size={16} />Load CSV</Button>}
          {mayWrite && <Button kind="primary" onClick={() => setTask({ kind: 'add' })}><IconPlus aria-hidden size={16} />Add price</Button>}
        </span>
      </div>
      {pages.error && <ErrorCard what="The price list" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={420} />}
      {pages.totalCount === 0 && !pages.stale && (
        <NoRows one="price" many="prices" filtered={q !== '' || validOnly} onClear={() => { setFilters(null); setValidOnly(false); }} />
      )}
      {pages.nodes.length > 0 && <Grid label="Price list" columns={shown} pages={pages} rowKey={rowKey} sort={unsorted} onSort={() => {}} />}
      <EntityDialogs
        noun="price" task={task} nameOf={nameOf} etagOf={({ etag }) => etag} onClose={() => setTask(null)} onDone={pages.reload}
        form={(row, guard, onSaved) => <PriceForm price={row} guard={guard} onSaved={onSaved} />}
        loses={(row) => <p>{format.money(row.amount, { code: true })}, from {format.date(row.validFrom)}. Licences that rest on this price have none afterwards, and add nothing to sums of money.</p>}
        remove={async ({ id, etag }) => {
          const { data, error } = await remove({ id, etag }, channel('FORM'));
          return { error, userErrors: data?.deletePrice.userErrors };
        }}
      />
      <FormDrawer opened={loading} title="Load prices" onClose={() => setLoading(false)}>
        {(guard) => (
          <LoadForm
            guard={guard} layouts={layouts}
            load={async (text) => {
              const { data, error } = await load({ csv: text }, channel('FORM'));
              return { error, payload: data?.loadPrices };
            }}
            onLoaded={(words) => { say(words); pages.reload(); }}
          />
        )}
      </FormDrawer>
      <Toast text={toast} />
    </>
  );
}
