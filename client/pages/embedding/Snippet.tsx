import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';

import type { EmbedDashboard } from '../../api/generated/graphql';
import { Button } from '../../ui/Button';
import { Segmented } from '../../ui/Segmented';
import classes from './embedding.module.css';
import { lastingSnippet, trialSnippet } from './snippet';

const kinds = [{ value: 'lasting', label: 'For a page that stays' }, { value: 'trial', label: 'With this token' }] as const;

/** The lines that a page needs, ready to copy. The token is in them this once. */
export function Snippet({ token, dashboard }: { token: string; dashboard: EmbedDashboard }) {
  const [kind, setKind] = useState<(typeof kinds)[number]['value']>('trial');
  const [told, setTold] = useState('');
  const site = window.location.origin;
  const text = kind === 'trial' ? trialSnippet(site, dashboard, token) : lastingSnippet(site, dashboard);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold('Copied.');
    } catch {
      // Without TLS, or without leave, a page does not reach the clipboard.
      setTold('The browser does not let the page copy. Select it and copy it yourself.');
    }
  };
  return (
    <div className={classes['snippet']}>
      <div className={classes['bar']}>
        <Segmented label="Snippet" options={kinds} value={kind} onChange={setKind} />
        <Button onClick={() => void copy()}><IconCopy aria-hidden size={16} />Copy</Button>
        <span role="status" className={classes['muted']}>{told}</span>
      </div>
      <pre tabIndex={0} aria-label="Snippet"><code>{text}</code></pre>
      <p className={classes['muted']}>
        {kind === 'trial' ? 'The token is shown this once. It ends by itself; until then anybody who has it sees these rows, so keep it out of public pages.' : 'Your server asks for a token when the page is opened and a minute before each one ends.'}
      </p>
    </div>
  );
}
