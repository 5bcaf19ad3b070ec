import type { IconCheck } from '@tabler/icons-react';

import badge from '../../ui/Badge.module.css';

/** A state as icon and word on its tint; `tone` is a meaning of tokens.css. */
export function ToneBadge({ tone, icon: Icon, word }: { tone: string; icon: typeof IconCheck; word: string }) {
  return (
    <span className={badge['badge']} style={{ background: `var(--sw-${tone}-tint)`, color: `var(--sw-${tone}-text)` }}>
      <Icon aria-hidden size={14} stroke={2} />
      {word}
    </span>
  );
}
