import { IconPencil, IconPlus, IconTrash, IconUpload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import type { ExchangeRatesQuery } from '../../api/generated/graphql';
import { useCan, useViewer } from '../../api/session';
import { Button, IconButton } from '../../ui/Button';
import { FilterBar } from '../../ui/filters/FilterBar';
import { daysOf } from '../../ui/filters/presets';
import { useFilters, useSettledFilters } from '../../ui/filters/state';
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
import { RateForm } from './RateForm';
import { DeleteRate, EuroRateFields, LoadRates, type Rate, RatesQuery } from './rateQueries';
import classes from './rates.module.css';

const keys = ['currency', 'dates'] as const;
const latestFirst = { field: 'DAY', direction: 'DESC' } as const;
const pick = ({ exchangeRates }: ExchangeRatesQuery) => ({ ...exchangeRates, nodes: getFragmentData(EuroRateFields, exchangeRates.nodes) });
const rowKey = (rate: Rate) => `${rate.rateDate} ${rate.currency}`;
const nameOf = (rate: Rate) => `${rate.currency} of ${format.date(rate.rateDate)}`;

const layouts = [
  { words: 'As the European Central Bank publishes them: a column per currency, N/A or nothing where there is no rate', example: 'Date,USD,JPY\n2026-11-20,1.0837,163.2\n2026-11-19,1.0851,N/A' },
  { words: 'Or a row per rate', example: 'date,currency,rate\n2026-11-20,USD,1.0837' },
];

const figures: readonly GridColumn<Rate>[] = [
  { key: 'rateDate', header: 'Day', width: 'minmax(140px, 1fr)', frozen: true, card: 'field', value: (rate) => rate.rateDate, cell: (rate) => format.date(rate.rateDate) },
  { key: 'currency', header: 'Currency', width: 160, card: 'title', value: (rate) => rate.currency },
  { key: 'unitsPerEuro', header: 'Units for one euro', width: 220, numeric: true, card: 'field', value: (rate) => rate.unitsPerEuro, cell: (rate) => format.decimal(rate.unitsPerEuro, 12) },
  { key: 'source', header: 'Published by', width: 240, card: 'field', value: (rate) => rate.source },
];

function actions(onTask: (task: Task<Rate>) => void): GridColumn<Rate> {
  return {
    key: 'actions', header: 'Actions', width: 84, fixed: true, card: 'badge', value: () => null,
    cell: (rate, tabIndex) => (
      <span className={classes['actions']}>
        <IconButton label={`Change the rate ${nameOf(rate)}`} tabIndex={tabIndex} onClick={() => onTask({ kind: 'edit', row: rate })}><IconPencil aria-hidden size={16} /></IconButton>
        <IconButton label={`Delete the rate ${nameOf(rate)}`} tabIndex={tabIndex} onClick={() => onTask({ kind: 'delete', row: rate })}><IconTrash aria-hidden size={16} /></IconButton>
      </span>
    ),
  };
}

/** The exchange rates, the latest day first; set, changed, deleted one by one or loaded from a file. */
export function RatesTab() {
  const mayWrite = useCan('WRITE_RATES');
  const { settings } = useViewer();
  const filters = useSettledFilters();
  const [, setFilters] = useFilters();
  const [task, setTask] = useState<Task<Rate> | null>(null);
  const [loading, setLoading] = useState(false);
  const [toast, say] = useToast();
  const [, remove] = useMutation(DeleteRate);
  const [, load] = useMutation(LoadRates);
  useNew(mayWrite, () => setTask({ kind: 'add' }));
  const variables = useMemo(() => ({
    currencies: filters.currency.length > 0 ? filters.currency : null, range: filters.dates ? daysOf(filters.dates, settings.today) : null,
  }), [filters, settings.today]);
  const pages = usePages(RatesQuery, variables, pick);
  const shown = useMemo(() => (mayWrite ? [...figures, actions(setTask)] : figures), [mayWrite]);
  const file = useExport({ query: RatesQuery, variables, pick, columns: figures, name: `exchange rates ${settings.today}` });
  return (
    <>
      <div className={classes['toolbar']}>
        <FilterBar keys={keys} />
        <span className={classes['buttons']}>
          <ExportMenu {...file} />
          {mayWrite && <Button onClick={() => setLoading(true)}><IconUpload aria-hidden size={16} />Load CSV</Button>}
          {mayWrite && <Button kind="primary" onClick={() => setTask({ kind: 'add' })}><IconPlus aria-hidden size={16} />Set rate</Button>}
        </span>
      </div>
      {pages.error && <ErrorCard what="The exchange rates" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={420} />}
      {pages.totalCount === 0 && !pages.stale && <NoRows one="rate" many="rates" filtered={filters.currency.length > 0 || filters.dates !== null} onClear={() => setFilters(null)} />}
      {pages.nodes.length > 0 && <Grid label="Exchange rates" columns={shown} pages={pages} rowKey={rowKey} sort={latestFirst} onSort={() => {}} />}
      <EntityDialogs
        noun="rate" task={task} nameOf={nameOf} etagOf={rowKey} onClose={() => setTask(null)} onDone={pages.reload}
        form={(row, guard, onSaved) => <RateForm rate={row} guard={guard} onSaved={onSaved} />}
        loses={() => <p>Amounts of this day use the last earlier rate, at most 7 days back. Without one they can’t be converted.</p>}
        remove={async ({ rateDate, currency }) => {
          const { data, error } = await remove({ rateDate, currency }, channel('FORM'));
          return { error, userErrors: data?.deleteExchangeRate.userErrors };
        }}
      />
      <FormDrawer opened={loading} title="Load exchange rates" onClose={() => setLoading(false)}>
        {(guard) => (
          <LoadForm
            guard={guard} layouts={layouts} publisher="Published by"
            load={async (text, source) => {
              const { data, error } = await load({ csv: text, source }, channel('FORM'));
              return { error, payload: data?.loadExchangeRates };
            }}
            onLoaded={(words) => { say(words); pages.reload(); }}
          />
        )}
      </FormDrawer>
      <Toast text={toast} />
    </>
  );
}
