import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { IconBookmark, IconPlayerPlay, IconPlayerStop, IconSparkles } from '@tabler/icons-react';

import { Button } from '../../ui/Button';
import classes from './explore.module.css';
import { Pick } from './Pick';

interface EditorToolbarProps {
  ready: boolean;
  running: boolean;
  onStop(): void;
  /** Name of the kept query in the editors; null: none. */
  opened: string | null;
  changed: boolean;
  /** Keep as a new query; absent: the viewer keeps none. */
  onKeep?: (() => void) | undefined;
  /** Change the opened query; absent: it is not the viewer's to change. */
  onSave?: (() => void) | undefined;
}

/** Runs, tidies and keeps what is in the editors. */
export function EditorToolbar({ ready, running, onStop, opened, changed, onKeep, onSave }: EditorToolbarProps) {
  const { operations = [], operationName } = useGraphiQL((state) => ({ operations: state.operations, operationName: state.operationName }));
  const { run, prettifyEditors, setOperationName } = useGraphiQLActions();
  const named = operations.flatMap(({ name }) => (name ? [name.value] : []));
  return (
    <div className={classes['toolbar']} role="group" aria-label="Query">
      {running
        ? <Button onClick={onStop}><IconPlayerStop aria-hidden size={16} />Stop</Button>
        : <Button kind="primary" disabled={!ready} title="Ctrl + Enter in the editor" onClick={() => void run()}><IconPlayerPlay aria-hidden size={16} />Run</Button>}
      {named.length > 1 && (
        <Pick label="Operation" value={operationName ?? named[0] ?? ''} options={named.map((name) => ({ value: name, label: name }))} onChange={setOperationName} />
      )}
      <Button disabled={!ready} onClick={() => void prettifyEditors()}><IconSparkles aria-hidden size={16} />Prettify</Button>
      <span className={classes['opened']}>
        {opened !== null && <><strong>{opened}</strong>{changed && <span> · changed since it was kept</span>}</>}
      </span>
      {onSave && <Button disabled={!ready} onClick={onSave}><IconBookmark aria-hidden size={16} />Save</Button>}
      {onKeep && <Button disabled={!ready} onClick={onKeep}>{opened === null ? <><IconBookmark aria-hidden size={16} />Keep query</> : 'Keep as new'}</Button>}
    </div>
  );
}
