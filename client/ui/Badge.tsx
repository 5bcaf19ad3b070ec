import {
  IconArrowDown,
  IconArrowUp,
  IconCalendar,
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconHourglass,
  IconInfinity,
  IconUserOff,
  IconX,
} from '@tabler/icons-react';

import type { LifecycleStatus, UtilizationBand } from '../api/generated/graphql';
import classes from './Badge.module.css';
import { bandMeaning, statusMeaning } from './meaning';
import { bandWord, statusWord } from './words';

type Icon = typeof IconCheck;

const statusIcon: Record<LifecycleStatus, Icon> = {
  ACTIVE: IconCheck,
  EXPIRES_TODAY: IconClock,
  IN_GRACE: IconHourglass,
  SCHEDULED: IconCalendar,
  PERPETUAL: IconInfinity,
  EXPIRED: IconCircleDashed,
  INVALID: IconX,
};

const bandIcon: Record<UtilizationBand, Icon> = {
  OVER: IconArrowUp,
  WELL: IconCheck,
  UNDER: IconArrowDown,
  UNLICENSED: IconUserOff,
};

function Badge({ meaning, icon: Icon, word }: { meaning: string; icon: Icon; word: string }) {
  const style = { background: `var(--sw-${meaning}-tint)`, color: `var(--sw-${meaning}-text)` };
  return (
    <span className={classes['badge']} style={style}>
      <Icon aria-hidden size={14} stroke={2} />
      {word}
    </span>
  );
}

/** The derived status of a round: icon and word, never colour alone. */
export function StatusBadge({ status }: { status: LifecycleStatus }) {
  return <Badge meaning={statusMeaning[status]} icon={statusIcon[status]} word={statusWord[status]} />;
}

/** The band of utilisation of an owner; nothing to judge reads "–". */
export function BandBadge({ band }: { band: UtilizationBand | null | undefined }) {
  if (!band) return <span>–</span>;
  return <Badge meaning={bandMeaning[band]} icon={bandIcon[band]} word={bandWord[band]} />;
}
