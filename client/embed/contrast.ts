/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours as WCAG 2 defines it, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const STEPS = 50;

/** The colour, darkened or lightened as little as it takes to stand out from a background. */
export function readable(color: Rgb, background: Rgb, least: number): Rgb {
  const black: Rgb = [0, 0, 0];
  const white: Rgb = [255, 255, 255];
  const end = contrast(black, background) > contrast(white, background) ? black : white;
  for (let step = 0; step <= STEPS; step += 1) {
    const mixed = color.map((channel, index) => Math.round(channel + ((end[index] ?? 0) - channel) * (step / STEPS))) as unknown as Rgb;
    if (contrast(mixed, background) >= least) return mixed;
  }
  return end;
}
