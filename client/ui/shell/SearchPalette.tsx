import './modal.css';

import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, useId, useState } from 'react';

import { useOpen } from '../useOpen';
import classes from './SearchPalette.module.css';
import { useSearchHits } from './useSearchHits';

/** Search over companies, partners and licences: type, arrow down, Enter. */
export default function SearchPalette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 200);
  const { hits, fetching, failed } = useSearchHits(search);
  const [at, setAt] = useState(0);
  const listId = useId();
  const open = useOpen();
  const active = Math.min(at, hits.length - 1);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'ArrowDown') setAt(Math.min(active + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && hits[active]) {
      open(hits[active].href, event.ctrlKey || event.metaKey);
      onClose();
    } else return;
    event.preventDefault();
  }

  const quiet = hits.length === 0;
  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} yOffset="12vh" size={560} attributes={{ content: { 'aria-label': 'Search' } }}>
      <input
        type="search"
        role="combobox"
        aria-label="Search companies, partners and licences"
        aria-expanded={!quiet}
        aria-controls={listId}
        aria-activedescendant={hits[active] ? `${listId}-${active}` : undefined}
        className={classes['input']}
        placeholder="Search companies, partners, licences"
        value={text}
        data-autofocus
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={listId} role="listbox" aria-label="Results" className={classes['list']} hidden={quiet}>
        {hits.map((hit, index) => (
          <li
            key={hit.href}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={classes['hit']}
            onPointerMove={() => setAt(index)}
            onClick={(event) => {
              open(hit.href, event.ctrlKey || event.metaKey);
              onClose();
            }}
          >
            <hit.icon aria-hidden size={18} stroke={1.6} />
            <span className={classes['name']}>{hit.name}</span>
            <span className={classes['kind']}>{hit.detail}</span>
          </li>
        ))}
      </ul>
      {quiet && (
        <p className={classes['note']} role="status">
          {failed
            ? 'The search could not be run. Check the connection, then type again.'
            : search === ''
              ? 'Type a name, a product or an id.'
              : fetching
                ? 'Searching…'
                : `Nothing matches “${search}”.`}
        </p>
      )}
    </Modal>
  );
}
