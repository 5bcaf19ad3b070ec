import { IconPlus, IconRefresh } from '@tabler/icons-react';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useMemo } from 'react';
import { useNavigate } from 'react-router';

import { getFragmentData } from '../../api/generated';
import type { ImportsQuery as ImportsAnswer } from '../../api/generated/graphql';
import { useCan, useViewer } from '../../api/session';
import { RowsTable } from '../../reports/frame/RowsTable';
import { Button, ButtonLink } from '../../ui/Button';
import { format } from '../../ui/format';
import { Cards } from '../../ui/grid/Cards';
import { usePages } from '../../ui/grid/usePages';
import { Page } from '../../ui/Page';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { DropZone } from './DropZone';
import classes from './imports.module.css';
import { importColumns } from './importColumns';
import { type ImportLine, ImportRow, ImportsQuery } from './queries';
import { startUpload } from './upload';
import { isRunning } from './words';

const shownAtOnce = 50;
const pollMs = 2_000;
const none = {};
const pick = ({ imports }: ImportsAnswer) => ({ ...imports, nodes: getFragmentData(ImportRow, imports.nodes) });
const rowKey = ({ id }: ImportLine) => id;
const rowHref = ({ id }: ImportLine) => `/imports/${id}`;

function List() {
  const navigate = useNavigate();
  const { settings } = useViewer();
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const pages = usePages(ImportsQuery, none, pick, shownAtOnce);
  const columns = useMemo(() => importColumns(settings.timezone), [settings.timezone]);
  const { nodes, totalCount, reload } = pages;
  const running = nodes.some(({ state }) => isRunning(state));
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, pollMs);
    return () => clearInterval(timer);
  }, [running, reload]);
  return (
    <Page
      title="Imports"
      lead="Licences, companies and partners from files. Each file is checked first, written as a whole, and can be undone."
      actions={(
        <>
          <Button onClick={reload}><IconRefresh aria-hidden size={16} />Refresh</Button>
          <ButtonLink kind="primary" to="/imports/new"><IconPlus aria-hidden size={16} />New import</ButtonLink>
        </>
      )}
    >
      <DropZone
        title="Drop a file of licences here, or choose one"
        onFile={(file) => {
          void startUpload(file, 'LICENSES');
          void navigate('/imports/new');
        }}
      />
      {pages.error && <ErrorCard what="The imports" error={pages.error} retry={reload} />}
      {pages.loading && <Skeleton height={320} />}
      {totalCount === 0 && <Empty title="Nothing was imported yet" hint="A file of licences, companies or partners becomes an import. It is checked before anything is written." action={<ButtonLink to="/imports/new">New import</ButtonLink>} />}
      {nodes.length > 0 && (
        <>
          {narrow
            ? <Cards label="Imports" columns={columns} rows={nodes} rowKey={rowKey} rowHref={rowHref} onEnd={pages.loadMore} />
            : <div className={classes['listed']}><RowsTable label="Imports" columns={columns} rows={nodes} rowKey={rowKey} rowHref={rowHref} /></div>}
          <div className={classes['foot']}>
            <span role="status">{totalCount === undefined ? '' : `${format.integer(nodes.length)} of ${format.integer(totalCount)} imports`}</span>
            {pages.hasMore && !narrow && <Button onClick={pages.loadMore} disabled={pages.loadingMore}>Show more</Button>}
          </div>
        </>
      )}
    </Page>
  );
}

/** All imports, the latest first, and the way to a new one. */
export default function ImportsPage() {
  const may = useCan('IMPORT_DATA');
  if (!may) return <Page title="Imports"><Empty title="Your role does not include imports" hint="An administrator can change that." /></Page>;
  return <List />;
}
