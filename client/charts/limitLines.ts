import type { CustomSeriesOption } from 'echarts/charts';

import type { Format } from '../ui/format';
import type { Tokens } from '../ui/tokens';
import type { Limits } from './types';

type Point = [x: number, y: number];

/** The ends of y = factor × x between one and the edge of the plot. */
export function lineEnds(factor: number, max: number): [Point, Point] {
  const end = Math.min(max, max / factor);
  return [[Math.max(1, 1 / factor), Math.max(1, factor)], [end, end * factor]];
}

/** The two limits as dashed lines with their ratios, and the well-used corridor between them as a quiet tint. */
export function limitLines(limits: Limits, max: number, format: Format, tokens: Tokens): CustomSeriesOption {
  const lines = ([['over', -1], ['under', 1]] as const)
    .filter(([name]) => limits[name] > 0)
    .map(([name, side]) => ({ ends: lineEnds(limits[name], max), label: format.percent(limits[name]), side }));
  const corners = [...(lines[0]?.ends ?? []), [max, max] as Point, ...[...(lines[1]?.ends ?? [])].reverse()];
  return {
    type: 'custom', silent: true, clip: true, z: 0, animation: false, data: [0],
    renderItem: (_, api) => ({
      type: 'group',
      children: [
        { type: 'polygon', shape: { points: corners.map((corner) => api.coord(corner)) }, style: { fill: tokens.bands.WELL.tint } },
        ...lines.flatMap(({ ends: [from, to], label, side }) => {
          const [x1 = 0, y1 = 0] = api.coord(from);
          const [x2 = 0, y2 = 0] = api.coord(to);
          return [
            { type: 'line' as const, shape: { x1, y1, x2, y2 }, style: { stroke: tokens.control, lineWidth: 1, lineDash: [4, 4] } },
            {
              type: 'text' as const,
              style: {
                text: label, x: x2 - (side < 0 ? 44 : 8), y: y2 + (side < 0 ? 6 : 28), fill: tokens.text3,
                font: `12px ${tokens.font}`, align: 'right' as const, verticalAlign: 'top' as const,
              },
            },
          ];
        }),
      ],
    }),
  };
}
