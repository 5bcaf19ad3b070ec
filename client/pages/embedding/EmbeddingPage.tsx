import { IconPlus } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import type { EmbedDashboard, EmbedTokensQuery as Answer } from '../../api/generated/graphql';
import { useCan, useViewer } from '../../api/session';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import { Grid } from '../../ui/grid/Grid';
import { useExport } from '../../ui/grid/useExport';
import { usePages } from '../../ui/grid/usePages';
import { Page } from '../../ui/Page';
import { Segmented } from '../../ui/Segmented';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { Confirm } from '../accounts/Layer';
import { Toast, useToast } from '../forms/Toast';
import { embedTokenColumns, revokeColumn } from './columns';
import classes from './embedding.module.css';
import { Maker } from './Maker';
import { Preview } from './Preview';
import { CreateEmbedToken, type EmbedToken, EmbedTokenFields, EmbedTokensQuery, RevokeEmbedToken } from './queries';
import { Snippet } from './Snippet';
import { draftProblems, useDraft, variablesOf } from './useDraft';

const newestFirst = { field: '', direction: 'DESC' } as const;
const pick = ({ embedTokens }: Answer) => ({ ...embedTokens, nodes: getFragmentData(EmbedTokenFields, embedTokens.nodes) });
const rowKey = ({ id }: EmbedToken) => id;
const states = [{ value: 'open', label: 'Open' }, { value: 'all', label: 'All' }] as const;

/** Puts a token together, shows how it looks, makes it, and gives the lines that a page needs. */
function NewToken({ onMade, onClose }: { onMade(): void; onClose(): void }) {
  const made = useDraft();
  const [, create] = useMutation(CreateEmbedToken);
  const [tried, setTried] = useState(false);
  const [refusals, setRefusals] = useState<string[]>([]);
  const [token, setToken] = useState<{ text: string; dashboard: EmbedDashboard } | null>(null);
  const [ids] = [{ form: useId(), preview: useId() }];
  const problems = draftProblems(made.draft);
  const submit = async () => {
    setTried(true);
    setRefusals([]);
    if (Object.keys(problems).length > 0) return;
    const { data, error } = await create(variablesOf(made.draft), channel('FORM'));
    const { token: text, userErrors = [] } = data?.createEmbedToken ?? {};
    if (error) setRefusals([error.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.']);
    else if (userErrors.length > 0) setRefusals(userErrors.map(({ message }) => message));
    const [dashboard] = made.draft.dashboards;
    if (!text || !dashboard) return;
    setToken({ text, dashboard });
    onMade();
  };
  return (
    <div className={classes['new']}>
      <Card title="New embed token" labelId={ids.form}>
        <Maker {...made} problems={tried ? problems : {}} />
        {refusals.length > 0 && <div role="alert" className={classes['error']}>{refusals.map((text) => <p key={text}>{text}</p>)}</div>}
        <div className={classes['foot']}>
          <Button onClick={onClose}>Close</Button>
          <Button kind="primary" onClick={() => void submit()}>Make token</Button>
        </div>
      </Card>
      <Card title={token ? 'Put this into your page' : 'Preview'} labelId={ids.preview}>
        {token && <Snippet token={token.text} dashboard={token.dashboard} />}
        <Preview draft={made.draft} />
      </Card>
    </div>
  );
}

function Tokens() {
  const { settings } = useViewer();
  const [making, setMaking] = useState(false);
  const [state, setState] = useState<(typeof states)[number]['value']>('open');
  const [revoked, setRevoked] = useState<EmbedToken | null>(null);
  const [, revoke] = useMutation(RevokeEmbedToken);
  const [toast, say] = useToast();
  const variables = useMemo(() => ({ open: state === 'open' ? true : null }), [state]);
  const columns = useMemo(() => [...embedTokenColumns, revokeColumn(setRevoked)], []);
  const pages = usePages(EmbedTokensQuery, variables, pick);
  const file = useExport({ query: EmbedTokensQuery, variables, pick, columns: embedTokenColumns, name: `embed tokens ${settings.today}` });
  return (
    <Page
      title="Embedding"
      lead="Show dashboards within other pages: of which rows, in which pages, until when."
      actions={<><ExportMenu {...file} /><Button kind="primary" disabled={making} onClick={() => setMaking(true)}><IconPlus aria-hidden size={16} />New embed token</Button></>}
      filters={<span><Segmented label="State" options={states} value={state} onChange={setState} /></span>}
    >
      {making && <NewToken onMade={pages.reload} onClose={() => setMaking(false)} />}
      {pages.error && <ErrorCard what="The embed tokens" error={pages.error} retry={pages.reload} />}
      {pages.loading && <Skeleton height={320} />}
      {pages.totalCount === 0 && !pages.stale && !making && (
        <Empty title={state === 'open' ? 'No open embed token' : 'No embed token'} hint="A token shows dashboards in pages of your choice." action={<Button onClick={() => setMaking(true)}>New embed token</Button>} />
      )}
      {pages.nodes.length > 0 && <Grid label="Embed tokens" columns={columns} pages={pages} rowKey={rowKey} sort={newestFirst} onSort={() => {}} />}
      {revoked && (
        <Confirm
          opened grave title={`Revoke ${revoked.name}?`} verb="Revoke" onClose={() => setRevoked(null)}
          act={async () => {
            const { data, error } = await revoke({ id: revoked.id }, channel('FORM'));
            return { error, userErrors: data?.revokeEmbedToken.userErrors };
          }}
          onDone={() => {
            setRevoked(null);
            say('Token revoked');
            pages.reload();
          }}
        >
          <p>It opens nothing from now on, also where it is on screen.</p>
        </Confirm>
      )}
      <Toast text={toast} />
    </Page>
  );
}

/** Tokens that show dashboards in other pages. */
export default function EmbeddingPage() {
  const may = useCan('EMBED_DASHBOARDS');
  if (!may) return <Page title="Embedding"><Empty title="Your role does not include embedding" hint="An administrator can change that." /></Page>;
  return <Tokens />;
}
