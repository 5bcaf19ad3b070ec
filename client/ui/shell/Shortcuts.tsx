import { useLocalStorage } from '@mantine/hooks';
import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';

import { useViewer } from '../../api/session';
import { navigationOf } from './navigation';

const SearchPalette = lazy(() => import('./SearchPalette'));
const ShortcutHelp = lazy(() => import('./ShortcutHelp'));

/** Where single letters are text, not commands. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role=grid] *, [role=dialog] *'))
  );
}

/** How long after `g` the second key counts. */
const SEQUENCE_MS = 1200;

/** Listens for the keys of the whole page, and holds the layers they open. */
export function Shortcuts() {
  const navigate = useNavigate();
  const viewer = useViewer();
  const [letters] = useLocalStorage({ key: 'seatwise-letter-shortcuts', defaultValue: true });
  const [layer, setLayer] = useState<'search' | 'help' | null>(null);
  const lastG = useRef(-Infinity);
  const cameFrom = useRef<Element>(null);

  // With the first paint: who sees the page may press a key.
  useLayoutEffect(() => {
    function show(next: 'search' | 'help'): void {
      cameFrom.current = document.activeElement;
      setLayer(next);
    }
    function onLetter(event: KeyboardEvent): void {
      if (event.timeStamp - lastG.current < SEQUENCE_MS) {
        lastG.current = -Infinity;
        const item = navigationOf(viewer).flatMap((group) => group.items).find((one) => one.key === event.key);
        if (item) void navigate(item.path);
        return;
      }
      if (event.key === 'g') lastG.current = event.timeStamp;
      else if (event.key === '?') show('help');
      else if (event.key === 't') window.dispatchEvent(new Event('seatwise:table'));
      else if (event.key === '/') window.dispatchEvent(new Event('seatwise:filter'));
      else return;
      event.preventDefault();
    }
    function onKey(event: KeyboardEvent): void {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        show('search');
      } else if (letters && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
        onLetter(event);
      }
    }
    const onSearch = () => show('search');
    const onHelp = () => show('help');
    window.addEventListener('keydown', onKey);
    window.addEventListener('seatwise:search', onSearch);
    window.addEventListener('seatwise:help', onHelp);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('seatwise:search', onSearch);
      window.removeEventListener('seatwise:help', onHelp);
    };
  }, [letters, navigate, viewer]);

  if (layer === null) return null;
  const close = () => {
    setLayer(null);
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus({ preventScroll: true });
  };
  return <Suspense fallback={null}>{layer === 'search' ? <SearchPalette onClose={close} /> : <ShortcutHelp onClose={close} />}</Suspense>;
}
