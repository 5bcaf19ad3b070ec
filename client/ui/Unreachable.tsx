import { useEffect } from 'react';

import { Button } from './Button';
import { Logo } from './shell/Logo';
import classes from './Unreachable.module.css';

/** How often the page tries again by itself. */
const AGAIN_MS = 5000;

/** The server did not answer when the session was to be resumed. The page goes on by itself as soon as it does. */
export function Unreachable({ retry }: { retry: () => void }) {
  useEffect(() => {
    document.title = 'No connection · Seatwise';
    const timer = setInterval(retry, AGAIN_MS);
    window.addEventListener('online', retry);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', retry);
    };
  }, [retry]);
  return (
    <main className={classes['page']}>
      <Logo />
      <h1 className={classes['title']}>The server did not answer</h1>
      <p className={classes['hint']}>Check the connection. You stay signed in, and this page goes on as soon as it can.</p>
      <Button onClick={retry}>Try now</Button>
    </main>
  );
}
