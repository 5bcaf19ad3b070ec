/** Diagonal lines over a mark: in grace, renewed, held back. A pattern, so that it does not rest on colour. */
export function hatch(color: string) {
  return { symbol: 'rect', color, dashArrayX: [1, 0], dashArrayY: [1.5, 4], rotation: -Math.PI / 4, symbolSize: 1 };
}
