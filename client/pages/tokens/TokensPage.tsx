import { IconX } from '@tabler/icons-react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import type { ApiTokensQuery as ApiTokensAnswer } from '../../api/generated/graphql';
import { useCan, useViewer } from '../../api/session';
import chips from '../../ui/filters/FilterBar.module.css';
import { SearchBox } from '../../ui/filters/SearchBox';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { Grid } from '../../ui/grid/Grid';
import { useExport } from '../../ui/grid/useExport';
import { usePages } from '../../ui/grid/usePages';
import { Page } from '../../ui/Page';
import { Segmented } from '../../ui/Segmented';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import classes from '../accounts/accounts.module.css';
import { Confirm } from '../accounts/Layer';
import { NoRows } from '../detail/NoRows';
import { Toast, useToast } from '../forms/Toast';
import { actionColumn, tokenColumns } from './columns';
import { ApiTokensQuery, type ListedApiToken, ListedApiTokenFields, RevokeApiToken } from './queries';

const latest = { field: '', direction: 'DESC' } as const;
const pick = ({ apiTokens }: ApiTokensAnswer) => ({ ...apiTokens, nodes: getFragmentData(ListedApiTokenFields, apiTokens.nodes) });
const rowKey = ({ id }: ListedApiToken) => id;
const stateOptions = [{ value: 'open', label: 'Open' }, { value: 'ended', label: 'Ended' }, { value: 'all', label: 'All' }] as const;
const parsers = { q: parseAsString.withDefault(''), state: parseAsStringLiteral(['open', 'ended', 'all'] as const).withDefault('open') };
const useFilters = () => useQueryStates(parsers, { history: 'push' });

function Filters() {
  const [{ q, state }, setFilters] = useFilters();
  return (
    <div className={classes['filters']} data-print="off">
      <div className={classes['bar']} role="group" aria-label="Filters">
        <SearchBox label="Search tokens and accounts" value={q} onChange={(text) => void setFilters({ q: text || null })} />
        {(q !== '' || state !== 'open') && (
          <button type="button" className={chips['clear']} onClick={() => void setFilters(null)}><IconX aria-hidden size={14} />Clear all</button>
        )}
      </div>
      <Segmented label="State" options={stateOptions} value={state} onChange={(next) => void setFilters({ state: next })} />
    </div>
  );
}

function List() {
  const { settings } = useViewer();
  const [{ q, state }, setFilters] = useFilters();
  const [, revoke] = useMutation(RevokeApiToken);
  const [revoking, setRevoking] = useState<ListedApiToken | null>(null);
  const [last, setLast] = useState<ListedApiToken | null>(null);
  if (revoking && revoking !== last) setLast(revoking);
  const [toast, say] = useToast();
  const variables = useMemo(() => ({ filter: { ...(q ? { search: q } : {}), ...(state === 'all' ? {} : { open: state === 'open' }) } }), [q, state]);
  const columns = useMemo(() => [...tokenColumns, actionColumn(setRevoking)], []);
  const pages = usePages(ApiTokensQuery, variables, pick);
  const file = useExport({ query: ApiTokensQuery, variables, pick, columns: tokenColumns, name: `api tokens ${settings.today}` });
  return (
    <Page title="API tokens" lead="What machines and programs come with. Everybody makes their own under “Your account”." actions={<ExportMenu {...file} />} filters={<Filters />}>
      {pages.error && <ErrorCard what="The tokens" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={420} />}
      {pages.totalCount === 0 && !pages.stale && (q === '' && state === 'open'
        ? <Empty title="No open API tokens" hint="Everybody makes their own under “Your account”." />
        : <NoRows one="token" many="tokens" filtered onClear={() => void setFilters(null)} />)}
      {pages.nodes.length > 0 && <Grid label="API tokens" columns={columns} pages={pages} rowKey={rowKey} sort={latest} onSort={() => {}} />}
      {last && (
        <Confirm
          opened={revoking !== null} onClose={() => setRevoking(null)} grave title={`Revoke ${last.name}?`} verb="Revoke"
          act={async () => {
            const answer = await revoke({ id: last.id }, channel('FORM'));
            return { error: answer.error, userErrors: answer.data?.revokeApiToken.userErrors };
          }}
          onDone={() => {
            setRevoking(null);
            say(`${last.name} revoked`);
            pages.reload();
          }}
        >
          <p>What uses it is refused from now on. It cannot be brought back. It was made by {last.account?.email ?? 'an account that is gone'}.</p>
        </Confirm>
      )}
      <Toast text={toast} />
    </Page>
  );
}

/** All API tokens, for administrators. */
export default function TokensPage() {
  const mayManage = useCan('MANAGE_ACCOUNTS');
  if (!mayManage) return <Page title="API tokens"><Empty title="Your role does not include everybody’s tokens" hint="Your own are under “Your account”." /></Page>;
  return <List />;
}
