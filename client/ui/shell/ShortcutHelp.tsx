import './modal.css';

import { Modal } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';

import { useViewer } from '../../api/session';
import { navigationOf } from './navigation';
import classes from './Shortcuts.module.css';

const general: [keys: string[], what: string][] = [
  [['Ctrl', 'K'], 'Search companies, partners and licences'],
  [['/'], 'Go to the filters'],
  [['t'], 'Charts as tables, and back'],
  [['?'], 'This list'],
  [['Esc'], 'Close the top layer'],
];

const inGrids: [keys: string[], what: string][] = [
  [['F2'], 'Edit the cell; typing replaces it'],
  [['Shift', '↑ ↓ ← →'], 'Select cells'],
  [['Ctrl', 'C'], 'Copy, with Ctrl V paste'],
  [['Ctrl', 'D'], 'Fill down, with Ctrl R right'],
  [['Ctrl', 'Z'], 'Undo, with Shift redo'],
  [['Ctrl', 'S'], 'Save changed cells'],
  [['Esc', 'Tab'], 'Leave the grid'],
];

/** All shortcuts; single letters can be switched off for readers whose software types them. */
export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const [letters, setLetters] = useLocalStorage({ key: 'seatwise-letter-shortcuts', defaultValue: true });
  const pages = navigationOf(useViewer())
    .flatMap((group) => group.items)
    .map(({ key, label }): [string[], string] => [['g', key], `Go to ${label}`]);
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" closeButtonProps={{ 'aria-label': 'Close' }}>
      <dl className={classes['list']}>
        {[...general, ...inGrids, ...pages].map(([keys, what]) => (
          <div key={what} className={classes['row']}>
            <dt>{what}</dt>
            <dd className={classes['keys']}>
              {keys.map((key) => (
                <kbd key={key} className={classes['key']}>
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className={classes['switch']}>
        <input type="checkbox" checked={letters} onChange={(event) => setLetters(event.target.checked)} />
        Single letters act as shortcuts
      </label>
    </Modal>
  );
}
