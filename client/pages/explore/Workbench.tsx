import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import './workers';

import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer';
import { HistoryStore } from '@graphiql/plugin-history';
import { GraphiQLProvider, QueryEditor, Tooltip, VariableEditor } from '@graphiql/react';
import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useClient } from 'urql';

import { getFragmentData } from '../../api/generated';
import { useCan, useViewer } from '../../api/session';
import { FormDrawer } from '../forms/FormDrawer';
import { Toast, useToast } from '../forms/Toast';
import { EditorToolbar } from './EditorToolbar';
import { editorThemes } from './editorTheme';
import { examples, variablesOf } from './examples';
import classes from './explore.module.css';
import { plain, presentationOf, savedPresentation } from './presentation';
import { type SavedQuery, SavedQueryFields, SavedQueryQuery } from './queries';
import { ResultCard } from './ResultCard';
import { SaveForm } from './SaveForm';
import { differs } from './savedValues';
import { type PanelName, SidePanel } from './SidePanel';
import { storageOf } from './storage';
import { useEditors } from './useEditors';
import { useRun } from './useRun';

const HISTORY = 50;
const plugins = [DOC_EXPLORER_PLUGIN];
const [first] = examples;

/** Characters that file systems keep for themselves. */
const fileName = (text: string) => text.replaceAll(/[\\/:*?"<>|]/g, ' ').trim();

/** GraphiQL's editors, completion, documentation and history, with the session's requests and the page's own result. */
export default function Workbench() {
  const { email } = useViewer();
  const storage = useMemo(() => storageOf(email), [email]);
  const { run, fetcher, stop } = useRun();
  const [panel, setPanel] = useState<PanelName>('examples');
  return (
    <GraphiQLProvider
      fetcher={fetcher as never} storage={storage} plugins={plugins} referencePlugin={DOC_EXPLORER_PLUGIN} editorTheme={editorThemes}
      defaultQuery={first?.document ?? ''} shouldPersistHeaders={false}
      onTogglePluginVisibility={(plugin) => {
        if (plugin) setPanel('docs');
      }}
    >
      <HistoryStore maxHistoryLength={HISTORY}>
        <DocExplorerStore>
          <Tooltip.Provider>
            <Bench run={run} stop={stop} panel={panel} setPanel={setPanel} />
          </Tooltip.Provider>
        </DocExplorerStore>
      </HistoryStore>
    </GraphiQLProvider>
  );
}

interface BenchProps extends Pick<ReturnType<typeof useRun>, 'run' | 'stop'> {
  panel: PanelName;
  setPanel(panel: PanelName): void;
}

function Bench({ run, stop, panel, setPanel }: BenchProps) {
  const { settings } = useViewer();
  const keeps = useCan('EXPLORE');
  const client = useClient();
  const { texts, ready, load } = useEditors();
  const [params, setParams] = useSearchParams();
  const [saved, setSaved] = useState<SavedQuery | null>(null);
  const [shown, setShown] = useState(plain);
  const [keeping, setKeeping] = useState<'new' | 'change' | null>(null);
  const [toast, showToast] = useToast();
  const wanted = params.get('query');
  const draft = { ...texts, shown };

  const open = (next: SavedQuery | null) => {
    setSaved(next);
    const id = next?.id ?? null;
    if (id !== wanted) setParams(id === null ? {} : { query: id }, { replace: true });
    if (!next) return;
    load(next.document, next.variables ?? '');
    setShown(savedPresentation(next));
  };

  // A link to a kept query opens it; one that is not there any more leaves the editors as they are.
  useEffect(() => {
    if (!ready || wanted === null || wanted === saved?.id || !/^\d{1,10}$/.test(wanted)) return;
    void client.query(SavedQueryQuery, { id: wanted }, { requestPolicy: 'network-only' }).toPromise().then(({ data }) => {
      const found = getFragmentData(SavedQueryFields, data?.savedQuery);
      if (found) open(found);
      else showToast('There is no kept query at this address');
    });
  }, [ready, wanted]);

  const name = fileName(`${saved?.name ?? (run.kind === 'done' ? run.name : null) ?? 'query'} ${settings.today}`);
  return (
    <div className={`graphiql-container ${classes['bench']}`}>
      <div className={classes['workspace']}>
        <SidePanel
          panel={panel} onPanel={setPanel} opened={saved?.id ?? null} onSaved={open} onDeleted={(id) => id === saved?.id && open(null)}
          onExample={(example) => {
            open(null);
            load(example.document, variablesOf(example, settings.today));
            setShown(presentationOf(example));
          }}
          onHistory={(document, variables) => {
            open(null);
            load(document, variables);
          }}
        />
        <section className={classes['editors']} aria-label="Editor">
          <EditorToolbar
            ready={ready} running={run.kind === 'running'} onStop={stop} opened={saved?.name ?? null} changed={saved !== null && differs(saved, draft)}
            onKeep={keeps ? () => setKeeping('new') : undefined} onSave={saved?.mayChange ? () => setKeeping('change') : undefined}
          />
          <div className={classes['texts']}>
            <div className={classes['text']}><QueryEditor role="group" aria-label="Query. Press Enter to write." /></div>
            <div className={classes['text']}>
              <p className={classes['textLabel']}>Variables, as JSON</p>
              <VariableEditor role="group" aria-label="Variables. Press Enter to write." />
            </div>
          </div>
        </section>
      </div>
      <ResultCard run={run} name={name} shown={shown} onShow={setShown} />
      <FormDrawer opened={keeping !== null} title={keeping === 'change' ? `Save ${saved?.name ?? ''}` : 'Keep query'} onClose={() => setKeeping(null)}>
        {(guard) => (
          <SaveForm
            key={keeping} guard={guard} draft={draft} saved={keeping === 'change' && saved ? saved : undefined} suggested={saved ? '' : ((run.kind === 'done' ? run.name : null) ?? '')}
            onSaved={(next, words) => {
              open(next);
              setPanel('saved');
              showToast(words);
            }}
          />
        )}
      </FormDrawer>
      <Toast text={toast} />
    </div>
  );
}
