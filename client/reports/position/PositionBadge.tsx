import { IconArrowDown, IconArrowUp, IconCheck, IconCircleDashed, IconInfinity, IconUserOff } from '@tabler/icons-react';

import type { LicensePosition } from '../../api/generated/graphql';
import { positionMeaning } from '../../ui/meaning';
import { ToneBadge } from '../frame/Badge';
import { positionWord } from './words';

const icons: Record<LicensePosition, typeof IconCheck> = {
  DEFICIT: IconArrowUp,
  UNLICENSED: IconUserOff,
  COMPLIANT: IconCheck,
  SURPLUS: IconArrowDown,
  UNUSED: IconCircleDashed,
  UNLIMITED: IconInfinity,
};

/** How a line stands; a line with nothing but quantity in grace reads "–". */
export function PositionBadge({ position }: { position: LicensePosition | null | undefined }) {
  if (!position) return <span title="Only quantity in grace">–</span>;
  return <ToneBadge tone={positionMeaning[position]} icon={icons[position]} word={positionWord[position]} />;
}
