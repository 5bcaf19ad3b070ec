import type { Import } from '../queries';
import type { StepName } from '../steps';
import type { Act } from '../useAct';

/** What every step gets: the import, what can be done with it, and the way to another step. */
export interface StepProps {
  job: Import;
  act: Act;
  /** Null: the step that the import is at. */
  goTo(step: StepName | null): void;
}
