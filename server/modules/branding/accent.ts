import type { BrandColors, BrandPalette } from '../../graphql.generated.js';

/** Red, green and blue, 0 to 255. */
type Color = readonly [number, number, number];

/** Contrast that WCAG 2 AA asks for between text and what it stands on, and between a control and the page. */
const TEXT = 4.5;
const MARK = 3;

const BLACK: Color = [0, 0, 0];
const WHITE: Color = [255, 255, 255];

/** What the pages of a scheme are drawn on, as client/ui/tokens.css has it, and the faintest text there is. */
interface Scheme {
  surfaces: readonly Color[];
  page: Color;
  faintText: Color;
  /** Where colours go to stand out: to black on light pages, to white on dark ones. */
  towards: Color;
  tintShare: number;
}

const light: Scheme = {
  surfaces: ['#f6f7f9', '#ffffff', '#eef0f4'].map(colorOf), page: WHITE, faintText: colorOf('#5d6675'), towards: BLACK, tintShare: 0.12,
};
const dark: Scheme = {
  surfaces: ['#0e1116', '#161a20', '#1f242c'].map(colorOf), page: colorOf('#161a20'), faintText: colorOf('#949daa'), towards: WHITE, tintShare: 0.22,
};

const HOVER_SHARE = 0.15;

/** The colours of an accent `#rrggbb` on light and dark pages. */
export function brandColors(accent: string): BrandColors {
  const given = colorOf(accent);
  const [onLight, onDark] = [paletteOf(given, light), paletteOf(given, dark)];
  const same = ({ text, solid }: BrandPalette) => text === accent.toLowerCase() && solid === accent.toLowerCase();
  return { light: onLight, dark: onDark, adapted: !same(onLight) || !same(onDark) };
}

function paletteOf(given: Color, scheme: Scheme): BrandPalette {
  const tint = firstOf(steps(scheme.tintShare), (share) => mixed(scheme.page, given, share), (color) => contrast(scheme.faintText, color) >= TEXT);
  const text = firstOf(upwards, (share) => mixed(given, scheme.towards, share), (color) => [...scheme.surfaces, tint].every((surface) => contrast(color, surface) >= TEXT));
  const solid = solidOf(given, scheme);
  return { text: hex(text), solid: hex(solid), solidHover: hex(mixed(solid, BLACK, HOVER_SHARE)), tint: hex(tint) };
}

/** Dark enough for white text on it, light enough to be seen on the page. */
function solidOf(given: Color, scheme: Scheme): Color {
  const darkened = firstOf(upwards, (share) => mixed(given, BLACK, share), (color) => contrast(color, WHITE) >= TEXT);
  if (contrast(darkened, scheme.page) >= MARK) return darkened;
  return firstOf(upwards, (share) => mixed(darkened, WHITE, share), (color) => contrast(color, scheme.page) >= MARK);
}

/** Shares from 0 to 1 in steps too small to see; and the same from some share down to nothing. */
const upwards: readonly number[] = Array.from({ length: 201 }, (_, step) => step / 200);
const steps = (from: number): number[] => upwards.filter((share) => share <= from).reverse();

function firstOf(shares: readonly number[], colorAt: (share: number) => Color, passes: (color: Color) => boolean): Color {
  const share = shares.find((one) => passes(colorAt(one)));
  return colorAt(share ?? shares.at(-1) ?? 0);
}

function mixed(from: Color, to: Color, share: number): Color {
  const part = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [part(0), part(1), part(2)];
}

function colorOf(text: string): Color {
  const at = (start: number) => Number.parseInt(text.slice(start, start + 2), 16);
  return [at(1), at(3), at(5)];
}

function hex(color: Color): string {
  return `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Contrast of two colours by WCAG 2, 1 to 21. */
function contrast(one: Color, other: Color): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance([red, green, blue]: Color): number {
  const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
