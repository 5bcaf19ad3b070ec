import { createElement, type CSSProperties, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';

import { channel } from '../../api/channel';
import type { EmbedDashboard } from '../../api/generated/graphql';
import { Button } from '../../ui/Button';
import { Segmented } from '../../ui/Segmented';
import classes from './embedding.module.css';
import { CreateEmbedToken, RevokeEmbedToken } from './queries';
import { type Draft, variablesOf } from './useDraft';
import { dashboardWord, pathOf } from './words';

const themes = [{ value: 'auto', label: 'Automatic' }, { value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' }] as const;
const PREVIEW_SECONDS = 900;
const SEATWISE = '#3f51d9';

/** The public script, once. */
function loadScript(): void {
  if (document.querySelector('script[src="/embed.js"]')) return;
  const script = document.createElement('script');
  script.src = '/embed.js';
  document.head.append(script);
}

/** A token for this page alone: the draft's, but for our own origin, and revoked when the preview is left. */
function usePreviewToken() {
  const client = useClient();
  const [shown, setShown] = useState<{ id: string; token: string; dashboards: readonly EmbedDashboard[] } | null>(null);
  const [problem, setProblem] = useState('');
  const open = useRef<string | null>(null);
  const end = () => {
    if (open.current !== null) void client.mutation(RevokeEmbedToken, { id: open.current }, channel('FORM')).toPromise();
    open.current = null;
  };
  const latest = useRef(end);
  latest.current = end;
  useEffect(() => () => latest.current(), []);
  const show = async (draft: Draft) => {
    end();
    const asked = { ...variablesOf(draft), name: `Preview ${draft.name}`.trim().slice(0, 100), allowedOrigins: [window.location.origin], expiresIn: PREVIEW_SECONDS };
    const { data, error } = await client.mutation(CreateEmbedToken, asked, channel('FORM')).toPromise();
    const { token, embedToken, userErrors = [] } = data?.createEmbedToken ?? {};
    if (!token || !embedToken) {
      setShown(null);
      setProblem(userErrors.map(({ message }) => message).join(' ') || (error?.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.'));
      return;
    }
    setProblem('');
    open.current = embedToken.id;
    setShown({ id: embedToken.id, token, dashboards: draft.dashboards });
  };
  return { shown, problem, show };
}

/** The dashboard as a page around it would show it: the same script, element, frame and gate. */
export function Preview({ draft }: { draft: Draft }) {
  const { shown, problem, show } = usePreviewToken();
  const [theme, setTheme] = useState<(typeof themes)[number]['value']>('auto');
  // Until one is chosen the preview has Seatwise's own, which is another one in the dark.
  const [accent, setAccent] = useState<string | null>(null);
  const [chosen, setChosen] = useState<EmbedDashboard | null>(null);
  const dashboard = shown && (chosen && shown.dashboards.includes(chosen) ? chosen : shown.dashboards[0]);
  useEffect(loadScript, []);
  return (
    <div className={classes['preview']}>
      <div className={classes['bar']}>
        <Button onClick={() => void show(draft)} disabled={draft.dashboards.length === 0}>{shown ? 'Show again' : 'Show preview'}</Button>
        <Segmented label="Theme" options={themes} value={theme} onChange={setTheme} />
        <label className={classes['accent']}>
          Accent
          <input type="color" value={accent ?? SEATWISE} onChange={(event) => setAccent(event.target.value)} />
        </label>
        {shown && shown.dashboards.length > 1 && (
          <Segmented<EmbedDashboard> label="Dashboard" options={shown.dashboards.map((value) => ({ value, label: dashboardWord[value] }))} value={dashboard ?? null} onChange={setChosen} />
        )}
      </div>
      {problem && <p role="alert" className={classes['error']}>{problem}</p>}
      {shown && dashboard ? (
        <div className={classes['stage']}>
          {createElement('seatwise-dashboard', {
            key: shown.id, src: window.location.origin, dashboard: pathOf(dashboard), token: shown.token, theme, 'aria-label': `Preview: ${dashboardWord[dashboard]}`,
            ...(accent === null ? {} : { style: { '--sw-accent': accent } as CSSProperties }),
          })}
        </div>
      ) : (
        <p className={classes['nothing']}>The preview opens the dashboard in a frame, with a token of its own that is revoked when you leave.</p>
      )}
    </div>
  );
}
