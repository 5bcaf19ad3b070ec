import { IconCheck } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';

import classes from './forms.module.css';

const shownFor = 5000;

/** A short notice that something was done: the text and how to show one. */
export function useToast(): [text: string, show: (text: string) => void] {
  const [text, setText] = useState('');
  useEffect(() => {
    if (!text) return undefined;
    const timer = setTimeout(() => setText(''), shownFor);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, useCallback((next: string) => setText(next), [])];
}

/** Says what was done, and leaves by itself. */
export function Toast({ text }: { text: string }) {
  return <div role="status">{text && <div className={classes.toast}><IconCheck aria-hidden size={16} />{text}</div>}</div>;
}
