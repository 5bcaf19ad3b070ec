import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

import type { LifecycleStatus, UtilizationBand } from '../api/generated/graphql';
import { bandMeaning, statusMeaning } from './meaning';

/** The colours of one meaning: a mark on a surface, and text on its tint. */
export interface Meaning {
  mark: string;
  tint: string;
  text: string;
}

/** The tokens of tokens.css, resolved for the current scheme so that a canvas can use them. */
export interface Tokens {
  scheme: 'light' | 'dark';
  canvas: string;
  surface: string;
  sunken: string;
  text: string;
  text2: string;
  text3: string;
  line: string;
  control: string;
  brand: string;
  selection: string;
  series: string[];
  seriesOther: string;
  heat: string[];
  bands: Record<UtilizationBand, Meaning>;
  lifecycle: Record<LifecycleStatus, Meaning>;
  font: string;
}

/** Reads the tokens as the browser resolves them: `light-dark()` has no value until an element uses it. */
export function readTokens(scheme: 'light' | 'dark' = 'light'): Tokens {
  const probe = document.createElement('span');
  probe.style.display = 'none';
  probe.style.colorScheme = scheme;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const color = (name: string): string => {
    probe.style.color = `var(--sw-${name})`;
    return style.color;
  };
  const meaning = (name: string): Meaning => ({
    mark: color(`${name}-mark`),
    tint: color(`${name}-tint`),
    text: color(`${name}-text`),
  });
  const each = <K extends string>(names: Record<K, string>): Record<K, Meaning> => {
    const entries = Object.entries<string>(names).map(([key, name]) => [key, meaning(name)]);
    return Object.fromEntries(entries) as Record<K, Meaning>;
  };
  const ramp = (name: string): string[] => [1, 2, 3, 4, 5, 6].map((step) => color(`${name}-${step}`));
  const tokens: Tokens = {
    scheme,
    canvas: color('canvas'),
    surface: color('surface'),
    sunken: color('sunken'),
    text: color('text'),
    text2: color('text-2'),
    text3: color('text-3'),
    line: color('line'),
    control: color('control'),
    brand: color('brand'),
    selection: color('selection'),
    series: ramp('series'),
    seriesOther: color('series-other'),
    heat: ramp('heat'),
    bands: each(bandMeaning),
    lifecycle: each(statusMeaning),
    font: style.getPropertyValue('--sw-font').trim(),
  };
  probe.remove();
  return tokens;
}

/** True while the page is printed; what depends on it is drawn before the browser looks at the page. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const start = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', start);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', start);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}

let changes = 0;
const listeners = new Set<() => void>();

/** To be called when tokens got other values than those of tokens.css: a canvas does not notice by itself. */
export function tokensChanged(): void {
  changes += 1;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The resolved tokens, read again when the reader switches between light and dark, or they change; paper is light. */
export function useTokens(): Tokens {
  const shown = useComputedColorScheme('light');
  const scheme = usePrinting() ? 'light' : shown;
  const version = useSyncExternalStore(subscribe, () => changes);
  return useMemo(() => readTokens(scheme), [scheme, version]);
}
