import { DocExplorer } from '@graphiql/plugin-doc-explorer';

import { useCan } from '../../api/session';
import { Segmented } from '../../ui/Segmented';
import { type Example, examples } from './examples';
import classes from './explore.module.css';
import { HistoryPanel } from './HistoryPanel';
import type { SavedQuery } from './queries';
import { SavedPanel } from './SavedPanel';

/** What stands beside the editor. */
export type PanelName = 'saved' | 'examples' | 'docs' | 'history';

interface SidePanelProps {
  panel: PanelName;
  onPanel(panel: PanelName): void;
  /** Id of the kept query in the editors. */
  opened: string | null;
  onSaved(saved: SavedQuery): void;
  onDeleted(id: string): void;
  onExample(example: Example): void;
  onHistory(document: string, variables: string): void;
}

/** Where queries come from, and what they can ask for. */
export function SidePanel({ panel, onPanel, opened, onSaved, onDeleted, onExample, onHistory }: SidePanelProps) {
  const keeps = useCan('EXPLORE');
  const panels: { value: PanelName; label: string }[] = [
    { value: 'examples', label: 'Examples' }, ...(keeps ? [{ value: 'saved' as const, label: 'Kept' }] : []),
    { value: 'docs', label: 'Schema' }, { value: 'history', label: 'History' },
  ];
  return (
    <section className={classes['panel']} aria-label="Queries and schema">
      <Segmented label="Beside the editor" options={panels} value={panel} onChange={onPanel} />
      {panel === 'saved' && keeps && <SavedPanel opened={opened} onOpen={onSaved} onDeleted={onDeleted} />}
      {panel === 'examples' && (
        <ul className={`${classes['panelBody']} ${classes['list']}`} aria-label="Examples">
          {examples.map((example) => (
            <li key={example.key}>
              <button type="button" className={classes['entry']} onClick={() => onExample(example)}>
                <span className={classes['entryName']}>{example.name}</span>
                <span className={classes['entryText']}>{example.description}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {panel === 'docs' && <div className={classes['panelBody']} data-docs><DocExplorer /></div>}
      {panel === 'history' && <HistoryPanel onOpen={onHistory} />}
    </section>
  );
}
