import { Component, type ReactNode } from 'react';

import { Button } from './Button';
import classes from './states.module.css';

interface Props {
  /** What could not be shown, for example "The chart". */
  what: string;
  /** A new value forgets the failure: another page, other figures. */
  resetKey?: unknown;
  children: ReactNode;
}

interface State {
  failed: boolean;
  resetKey: unknown;
}

/**
 * Keeps a failure of our own code, or a part that a newer release has replaced on the server, from taking the whole
 * page with it. React offers this to classes only.
 */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { failed: false, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className={classes['state']} role="alert">
        <p className={classes['title']}>{this.props.what} could not be shown</p>
        <p className={classes['hint']}>Seatwise may have been updated since this page was opened. Load it again to go on.</p>
        <Button onClick={() => window.location.reload()}>Load again</Button>
      </div>
    );
  }
}
