import { IconAlertTriangle, IconCheck, IconCircleDashed, IconClockExclamation } from '@tabler/icons-react';

import type { ProviderKind, ProviderState } from '../../api/generated/graphql';

/** What the mirror is worth: word, meaning of tokens.css, icon. */
export const stateLook: Record<ProviderState, { word: string; tone: string; icon: typeof IconCheck }> = {
  FRESH: { word: 'Fresh', tone: 'well', icon: IconCheck },
  STALE: { word: 'Stale', tone: 'under', icon: IconClockExclamation },
  FAILING: { word: 'Failing', tone: 'over', icon: IconAlertTriangle },
  NEVER_SYNCED: { word: 'Never synchronised', tone: 'expired', icon: IconCircleDashed },
};

/** How a provider is spoken to. */
export const kindWord: Record<ProviderKind, string> = { HTTP_JSON: 'List of licences over HTTP', FLUENT: 'One licence key at a time' };
