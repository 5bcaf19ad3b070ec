import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brandColors } from '../../server/modules/branding/accent.js';
import { readImage } from '../../server/modules/branding/image.js';
import { jpegHead, png, webpHead } from '../support/images.js';

/** Contrast by the definition of WCAG 2, written once more. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const schemes = {
  light: { surfaces: ['#f6f7f9', '#ffffff', '#eef0f4'], page: '#ffffff', texts: ['#12161c', '#464f5d', '#5d6675'] },
  dark: { surfaces: ['#0e1116', '#161a20', '#1f242c'], page: '#161a20', texts: ['#f0f2f5', '#b6bec9', '#949daa'] },
} as const;

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('the colours made of an accent', () => {
  it('can be read on every page, and text on them', () => {
    fc.assert(fc.property(color, (accent) => {
      const colors = brandColors(accent);
      for (const [scheme, { surfaces, page, texts }] of Object.entries(schemes)) {
        const { text, solid, solidHover, tint } = colors[scheme as keyof typeof schemes];
        for (const surface of [...surfaces, tint]) expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5);
        for (const other of texts) expect(contrast(other, tint)).toBeGreaterThanOrEqual(4.5);
        expect(contrast('#ffffff', solid)).toBeGreaterThanOrEqual(4.5);
        expect(contrast('#ffffff', solidHover)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(solid, page)).toBeGreaterThanOrEqual(3);
      }
    }), { numRuns: 2000, examples: [['#000000'], ['#ffffff'], ['#ff0000'], ['#00ff00'], ['#0000ff'], ['#ffff00'], ['#7f7f7f']] });
  }, 120_000);

  it('are the accent itself where that can be read', () => {
    const { light, dark, adapted } = brandColors('#3F51D9');
    expect([light.text, light.solid, adapted]).toEqual(['#3f51d9', '#3f51d9', true]);
    expect(dark.text).not.toBe('#3f51d9');
    // Yellow is no colour for text on white.
    expect(brandColors('#ffee00').light.text).not.toBe('#ffee00');
    expect(brandColors('#ffee00').dark.text).toBe('#ffee00');
  });
});

describe('an image', () => {
  it.each([
    ['a PNG', png(3, 2), { type: 'png', width: 3, height: 2 }],
    ['a JPEG', jpegHead(640, 480), { type: 'jpeg', width: 640, height: 480 }],
    ['a lossy WebP', webpHead('VP8 ', 300, 200), { type: 'webp', width: 300, height: 200 }],
    ['a lossless WebP', webpHead('VP8L', 301, 201), { type: 'webp', width: 301, height: 201 }],
    ['an extended WebP', webpHead('VP8X', 70_000, 5), { type: 'webp', width: 70_000, height: 5 }],
  ])('is %s by its bytes', (_, bytes, expected) => {
    expect(readImage(bytes)).toEqual(expected);
  });

  it.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'], ['a page', '<!doctype html><script>1</script>'], ['a GIF', 'GIF89a\x01\x00\x01\x00'],
    ['a text that begins like a PNG', '\x89PNG'], ['nothing', ''], ['a JPEG without a frame', '\xff\xd8\xff\xe0\x00\x04ab\xff\xd9'], ['a WebP of no size', `RIFF\x20\0\0\0WEBPXXXX${'\0'.repeat(20)}`],
  ])('is not %s', (_, text) => {
    expect(readImage(Buffer.from(text, 'latin1'))).toBeNull();
  });

  it('is never more than its bytes say, whatever they are', () => {
    fc.assert(fc.property(fc.constantFrom(png(2, 2), jpegHead(9, 9), webpHead('VP8X', 4, 4)), fc.nat(60), fc.nat(255), fc.nat(80), (bytes, at, value, length) => {
      const broken = Buffer.from(bytes.subarray(0, length));
      if (at < broken.length) broken[at] = value;
      const image = readImage(broken);
      if (image !== null) expect(image.width * image.height).toBeGreaterThan(0);
    }));
  }, 120_000);
});
