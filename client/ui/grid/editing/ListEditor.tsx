import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, useId, useRef, useState } from 'react';

import type { EditorProps } from './CellEditor';
import { type Move, useCells } from './cells';
import { CellLayer } from './CellLayer';
import { CellNote } from './CellNote';
import classes from './editing.module.css';
import { type Option, type OptionGroup, unknownMark } from './types';

const noOptions = () => ({ groups: [], fetching: false });

interface ListProps {
  id: string;
  groups: readonly OptionGroup[];
  active: Option | undefined;
  onPick(option: Option): void;
}

const optionId = (list: string, { value }: Option) => `${list}-${value}`;

function Options({ id, groups, active, onPick }: ListProps) {
  return (
    <div id={id} role="listbox" aria-label="Suggestions" className={classes.options}>
      {groups.map(({ group, items }) => (
        <div key={group} role="group" aria-label={group}>
          <div className={classes.group} aria-hidden>{group}</div>
          {items.map((option) => (
            <div
              key={option.value} id={optionId(id, option)} role="option" aria-selected={option === active} className={classes.option}
              // The focus stays in the input.
              onMouseDown={(event) => event.preventDefault()} onClick={() => onPick(option)}
            >
              {option.label}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Picks one of many: the server searches while the reader types, arrows choose, Enter takes. */
export function ListEditor({ edit, initial, problem, onDraft, onDone }: EditorProps) {
  const cells = useCells();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(initial);
  const [typed, setTyped] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  const wanted = typed || initial === '' ? text.trim() : '';
  const [search] = useDebouncedValue(wanted, 150);
  const useOptions = edit.useOptions ?? noOptions;
  const { groups, fetching } = useOptions(search);
  const near = cells.nearOf(edit.field, `${unknownMark}${text.trim()}`);
  const all: readonly OptionGroup[] = near.length > 0 ? [{ group: 'Did you mean', items: [...near] }, ...groups] : groups;
  const options = all.flatMap(({ items }) => items);
  const settled = search === wanted && !fetching;
  // What is typed takes the first hit along, unless it may stand for itself.
  const active = at === null ? (typed && settled && !edit.free && text.trim() !== '' ? options[0] : undefined) : options[at];

  const pick = (option: Option, to?: Move) => {
    cells.learn(option);
    onDone({ [edit.field]: option.value }, to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const from = at ?? (active ? 0 : step > 0 ? -1 : 0);
      if (options.length > 0) setAt((from + step + options.length) % options.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && active) {
      event.preventDefault();
      event.stopPropagation();
      pick(active, event.key === 'Tab' ? (event.shiftKey ? 'left' : 'right') : 'down');
    }
  };
  const silent = !edit.free && (options.length > 0 || !settled);
  const shown = silent ? undefined : problem;
  return (
    <>
      <input
        ref={input} autoFocus value={text} role="combobox" aria-label={edit.label} aria-expanded={options.length > 0} aria-controls={listId}
        aria-autocomplete="list" aria-activedescendant={active ? optionId(listId, active) : undefined} autoComplete="off"
        aria-invalid={shown ? true : undefined} aria-describedby={shown ? cells.noteId : undefined} onFocus={({ currentTarget }) => currentTarget.select()}
        onKeyDown={onKeyDown}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setTyped(true);
          setAt(null);
          onDraft(edit.read(currentTarget.value));
        }}
      />
      <CellLayer anchor={input}>
        <CellNote id={cells.noteId} problem={shown} reading={!settled && options.length === 0 ? 'Searching' : undefined} />
        <Options id={listId} groups={all} active={active} onPick={(option) => pick(option)} />
      </CellLayer>
    </>
  );
}
