import { describe, expect, it } from '@jest/globals';
import { contrast, readable, type Rgb } from '../../client/embed/contrast';

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

describe('contrast', () => {
  it('is 21 between black and white, either way, and 1 between equals', () => {
    expect(contrast(black, white)).toBeCloseTo(21, 5);
    expect(contrast(white, black)).toBeCloseTo(21, 5);
    expect(contrast([63, 81, 217], [63, 81, 217])).toBe(1);
  });

  it.each([[[119, 119, 119], 4.48], [[118, 118, 118], 4.54], [[63, 81, 217], 6.18]] as [Rgb, number][])('of %j on white is %d', (color, expected) => {
    expect(contrast(color, white)).toBeCloseTo(expected, 1);
  });
});

describe('a colour that has to be read', () => {
  it('stays as it is where it can be', () => {
    expect(readable([63, 81, 217], white, 4.5)).toEqual([63, 81, 217]);
    expect(readable([255, 230, 0], [22, 26, 32], 4.5)).toEqual([255, 230, 0]);
  });

  it.each([
    ['yellow on white', [255, 230, 0], white], ['white on white', white, white], ['navy on black', [0, 0, 80], black], ['grey on grey', [128, 128, 128], [128, 128, 128]],
  ] as [string, Rgb, Rgb][])('%s is darkened or lightened until it is', (_, color, background) => {
    expect(contrast(color, background)).toBeLessThan(4.5);
    expect(contrast(readable(color, background, 4.5), background)).toBeGreaterThanOrEqual(4.5);
  });

  it('goes no further than it must', () => {
    const found = readable([255, 230, 0], white, 4.5);
    expect(contrast(found, white)).toBeLessThan(5);
  });
});
