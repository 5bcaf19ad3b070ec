import { useHistory, useHistoryActions } from '@graphiql/plugin-history';
import { IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { getOperationAST, parse } from 'graphql';

import { Button, IconButton } from '../../ui/Button';
import classes from './explore.module.css';

type Entry = ReturnType<typeof useHistory>[number];

/** The name of a text's only operation; null: it has none or several, or can't be read. */
function operationIn(query: string): string | null {
  try {
    return getOperationAST(parse(query))?.name?.value ?? null;
  } catch {
    return null;
  }
}

/** GraphiQL learns the operation's name after a pause: what was run within it is read again here. */
const nameOf = ({ label, operationName, query = '' }: Entry): string =>
  label || operationIn(query) || operationName || query.replace(/#.*/g, '').replace(/\s+/g, ' ').trim().slice(0, 80) || 'Empty query';

/** What was run on this device, the latest first; marked queries stay when the rest is cleared. */
export function HistoryPanel({ onOpen }: { onOpen(document: string, variables: string): void }) {
  const entries = [...useHistory()].reverse().map((entry) => ({ entry, name: nameOf(entry) }));
  const { toggleFavorite, deleteFromHistory } = useHistoryActions();
  const plain = entries.filter(({ entry }) => !entry.favorite);
  return (
    <div className={classes['panelBody']}>
      {entries.length === 0 && <p className={classes['note']}>Nothing was run yet. What you run is listed here, on this device only.</p>}
      <ul className={classes['list']} aria-label="Queries run on this device">
        {entries.map(({ entry, name }, index) => (
          <li key={index}>
            <button type="button" className={classes['entry']} onClick={() => onOpen(entry.query ?? '', entry.variables ?? '')}>
              <span className={classes['entryName']}>{name}</span>
              {entry.variables && <span className={classes['entryText']}>{entry.variables.replace(/\s+/g, ' ')}</span>}
            </button>
            <IconButton label={`Mark ${name}`} aria-pressed={entry.favorite === true} onClick={() => toggleFavorite(entry)}>
              {entry.favorite ? <IconStarFilled aria-hidden size={16} /> : <IconStar aria-hidden size={16} />}
            </IconButton>
            <IconButton label={`Forget ${name}`} onClick={() => deleteFromHistory(entry)}><IconTrash aria-hidden size={16} /></IconButton>
          </li>
        ))}
      </ul>
      {plain.length > 1 && <Button onClick={() => plain.forEach(({ entry }) => deleteFromHistory(entry))}>Clear</Button>}
    </div>
  );
}
