import { useMediaQuery } from '@mantine/hooks';

/** True on a phone, where charts draw fewer ticks and no side text. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
}
