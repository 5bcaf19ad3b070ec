import { useCallback } from 'react';
import { useNavigate } from 'react-router';

/** Follows a link that is not an anchor, such as a mark of a chart: here, or in a new tab with Ctrl or Cmd. */
export function useOpen(): (href: string, newTab: boolean) => void {
  const navigate = useNavigate();
  return useCallback(
    (href: string, newTab: boolean) => {
      if (newTab) window.open(href, '_blank', 'noopener');
      else void navigate(href);
    },
    [navigate],
  );
}
