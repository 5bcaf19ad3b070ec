import { useEffect, useRef, useState } from 'react';

import { download } from '../../api/download';
import { useViewer } from '../../api/session';
import { type FileFormat, saveFile } from '../files';
import { format as words } from '../format';
import { type ExportProgress, idle } from './ExportMenu';
import type { Export } from './useExport';

/** A list that the server streams as a file, and which of its rows: values of the list's own inputs. */
interface ServerList {
  list: 'licenses' | 'companies' | 'partners' | 'users';
  /** Name of the file without the day. */
  name: string;
  filter?: object | undefined;
  orderBy?: object | undefined;
  asOf?: string;
}

function pathOf({ list, filter, orderBy, asOf }: ServerList, format: FileFormat): string {
  const query = new URLSearchParams({
    ...(filter ? { filter: JSON.stringify(filter) } : {}),
    ...(orderBy ? { orderBy: JSON.stringify(orderBy) } : {}),
    ...(asOf ? { asOf } : {}),
  });
  return `/exports/${list}.${format}?${query.toString()}`;
}

/** Saves a whole list as the server writes it, in the form that an import takes back, with the filters in force. */
export function useServerExport(source: ServerList): Export {
  const { settings } = useViewer();
  const [progress, setProgress] = useState<ExportProgress>(idle);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (format: FileFormat) => {
    const stopping = new AbortController();
    running.current = stopping;
    setProgress({ kind: 'running', words: words.bytes(0) });
    try {
      const file = await download(pathOf(source, format), (bytes) => setProgress({ kind: 'running', words: words.bytes(bytes) }), stopping.signal);
      saveFile(`${source.name} ${source.asOf ?? settings.today}.${format}`, file);
      setProgress({ kind: 'done', words: `${words.bytes(file.size)} were saved.` });
    } catch (error) {
      if (!stopping.signal.aborted) setProgress({ kind: 'failed', words: `The export failed: ${error instanceof Error ? error.message : 'try again.'}` });
    }
  };
  const stop = () => {
    running.current?.abort();
    setProgress(idle);
  };
  return { progress, onChoose: (format) => void start(format), onStop: stop };
}
