import { tokensChanged } from '../ui/tokens';
import { contrast, readable, type Rgb } from './contrast';

/** What a host page may change of the look; texts of CSS, each used only where it is a value of its kind. */
const colors = ['accent', 'canvas', 'surface', 'text', 'muted', 'line'] as const;
type Color = (typeof colors)[number];

export interface Theme {
  scheme: 'light' | 'dark' | 'auto';
  colors: Partial<Record<Color, string>>;
  radius?: string;
  font?: string;
  compact: boolean;
}

export const plainTheme: Theme = { scheme: 'auto', colors: {}, compact: false };

const LONGEST = 200;
const schemes = ['light', 'dark', 'auto'] as const;

/** The theme that a message or the address holds; whatever is no value is left out. */
export function readTheme(given: unknown): Theme {
  const values = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const css = (name: string, property: string): string | undefined => {
    const value = values[name];
    if (typeof value !== 'string' || value.length > LONGEST) return undefined;
    return CSS.supports(property, value.trim()) ? value.trim() : undefined;
  };
  const found = colors.flatMap((name) => {
    const value = css(name, 'color');
    return value === undefined ? [] : [[name, value] as const];
  });
  const [radius, font] = [css('radius', 'border-radius'), css('font', 'font-family')];
  return {
    scheme: schemes.find((scheme) => scheme === values['scheme']) ?? 'auto',
    colors: Object.fromEntries(found),
    ...(radius === undefined ? {} : { radius }),
    ...(font === undefined ? {} : { font }),
    compact: values['density'] === 'compact',
  };
}

/** The theme of the address, known before the first paint: `#theme=` and JSON. */
export function themeOfAddress(hash: string): Theme {
  try {
    return readTheme(JSON.parse(new URLSearchParams(hash.slice(1)).get('theme') ?? '{}'));
  } catch {
    return plainTheme;
  }
}

/** A colour as the browser resolves it, in whatever notation it was written. */
function resolved(color: string, scheme: 'light' | 'dark'): Rgb {
  const probe = document.createElement('span');
  probe.style.display = 'none';
  probe.style.colorScheme = scheme;
  document.body.append(probe);
  // Through a mix the answer is in one notation for all: color(srgb r g b / a).
  probe.style.color = `color-mix(in srgb, ${color} 100%, transparent 0%)`;
  const channels = /color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)/.exec(getComputedStyle(probe).color);
  probe.remove();
  const [red = 0, green = 0, blue = 0] = (channels?.slice(1) ?? []).map((channel) => Math.round(Number(channel) * 255));
  return [red, green, blue];
}

const rgb = (color: Rgb): string => `rgb(${color.join(' ')})`;

/** Contrast that text needs; a mark would do with 3, but the accent is the colour of links too. */
const TEXT = 4.5;
/** From here on two grounds need texts of opposite colours. */
const OPPOSITE = 3;

/** The tokens that a theme replaces, in one scheme. What could not be read is darkened or lightened until it can be. */
export function tokensOf({ colors: given, radius, font }: Theme, scheme: 'light' | 'dark'): Record<string, string> {
  const { accent, surface, text, muted, line } = given;
  const ground = resolved(surface ?? 'var(--sw-surface)', scheme);
  // A light canvas under the cards of a dark scheme: nothing could be read on both.
  const canvas = given.canvas && contrast(resolved(given.canvas, scheme), ground) < OPPOSITE ? given.canvas : undefined;
  const sunken = surface ? `color-mix(in srgb, ${surface} 93%, ${text ?? 'var(--sw-text)'})` : 'var(--sw-sunken)';
  // Texts stand on cards, beside them, and on what is set into them.
  const grounds = [ground, resolved(canvas ?? 'var(--sw-canvas)', scheme), resolved(sunken, scheme)];
  const legible = (color: string): Rgb => grounds.reduce((found, behind) => readable(found, behind, TEXT), resolved(color, scheme));
  const others = Boolean(surface ?? canvas);
  const tokens: Record<string, string> = {};
  if (canvas) tokens['canvas'] = canvas;
  if (surface) Object.assign(tokens, { surface, sunken });
  if (text || others) tokens['text'] = rgb(legible(text ?? 'var(--sw-text)'));
  if (muted || others) {
    const quiet = rgb(legible(muted ?? 'var(--sw-text-3)'));
    Object.assign(tokens, { 'text-2': quiet, 'text-3': quiet });
  }
  if (line) Object.assign(tokens, { line, 'card-line': line });
  if (accent || others) {
    const own = resolved(accent ?? 'var(--sw-brand)', scheme);
    const solid = readable(resolved(accent ?? 'var(--sw-brand-solid)', scheme), [255, 255, 255], TEXT);
    Object.assign(tokens, {
      brand: rgb(legible(accent ?? 'var(--sw-brand)')), 'brand-solid': rgb(solid), 'brand-solid-hover': `color-mix(in srgb, ${rgb(solid)} 85%, black)`,
      selection: `color-mix(in srgb, ${rgb(own)} 12%, ${rgb(ground)})`,
    });
  }
  if (radius) Object.assign(tokens, { radius: `min(${radius}, 12px)`, 'radius-card': radius });
  if (font) tokens['font'] = font;
  return tokens;
}

let applied: string[] = [];

/** Puts the theme on the document. Bands, statuses and series keep their colours: those are meanings. */
export function applyTheme(theme: Theme, scheme: 'light' | 'dark'): void {
  const { style, dataset } = document.documentElement;
  for (const name of applied) style.removeProperty(name);
  const tokens = tokensOf(theme, scheme);
  applied = Object.keys(tokens).map((name) => `--sw-${name}`);
  for (const [name, value] of Object.entries(tokens)) style.setProperty(`--sw-${name}`, value);
  if (theme.compact) dataset['density'] = 'compact';
  else delete dataset['density'];
  tokensChanged();
}
