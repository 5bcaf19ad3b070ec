import { useState } from 'react';

import { useViewer } from '../../api/session';
import { Button } from '../../ui/Button';
import { format } from '../../ui/format';
import classes from '../forms/forms.module.css';
import own from './accounts.module.css';
import { Instant } from './Instant';
import { type ActionAnswer, hindrances } from './Layer';
import type { Session } from './queries';
import { deviceOf } from './words';

interface SessionListProps {
  sessions: readonly Session[];
  end(session: Session): Promise<ActionAnswer>;
  onEnded(): void;
}

/** Open sessions with what they can be told apart by; each but the one of this page can be ended. */
export function SessionList({ sessions, end, onEnded }: SessionListProps) {
  const { settings } = useViewer();
  const [ending, setEnding] = useState<string | null>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const run = async (session: Session) => {
    setEnding(session.id);
    setProblems(hindrances(await end(session)));
    setEnding(null);
    onEnded();
  };
  return (
    <>
      {problems.length > 0 && <div className={classes.problems} role="alert">{problems.map((text) => <p key={text}>{text}</p>)}</div>}
      <ul className={own['sessions']}>
        {sessions.map((session) => (
          <li key={session.id}>
            <div className={own['session']}>
              <span className={own['device']} title={session.userAgent ?? undefined}>{deviceOf(session)}{session.current && <span className={own['you']}>this session</span>}</span>
              <p>{session.address ?? 'Address unknown'} · last used <Instant at={session.lastUsedAt} /></p>
              <p>Begun <Instant at={session.createdAt} />, ends <Instant at={session.expiresAt} /> at the latest</p>
            </div>
            {!session.current && (
              <Button disabled={ending !== null} onClick={() => void run(session)} aria-label={`End the session ${deviceOf(session)}, begun ${format.instant(session.createdAt, settings.timezone)}`}>
                {ending === session.id ? 'Ending' : 'End'}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
