import type { CustomSeriesRenderItem, CustomSeriesRenderItemReturn } from 'echarts';

import type { LifecycleStatus } from '../api/generated/graphql';
import type { Tokens } from '../ui/tokens';
import { dayLength } from './timelineLanes';

/** What one bar needs besides its place. */
export interface Bar {
  status: LifecycleStatus;
  text: string;
}

const barHeight = 20;
/** Narrower bars carry no text: it would only be an ellipsis. */
const textFrom = 64;
const hatchStep = 6;

interface Look {
  fill: string | object;
  stroke: string;
  dash?: [number, number];
  text: string;
  hatched?: boolean;
}

/** Fill and pattern of each status: solid runs, dashed is to come, hollow is over, hatched is in grace. */
export function lookOf(status: LifecycleStatus, tokens: Tokens): Look {
  const { mark, tint, text } = tokens.lifecycle[status];
  switch (status) {
    case 'ACTIVE':
    case 'EXPIRES_TODAY':
      return { fill: mark, stroke: mark, text: tokens.surface };
    case 'PERPETUAL':
      return {
        fill: {
          type: 'linear', x: 0, y: 0, x2: 1, y2: 0,
          colorStops: [{ offset: 0, color: mark }, { offset: 0.75, color: mark }, { offset: 1, color: tokens.surface }],
        },
        stroke: 'transparent', text: tokens.surface,
      };
    case 'IN_GRACE':
      return { fill: tint, stroke: mark, text, hatched: true };
    case 'SCHEDULED':
      return { fill: tokens.surface, stroke: mark, dash: [4, 3], text };
    case 'EXPIRED':
      return { fill: tokens.surface, stroke: mark, text };
    case 'INVALID':
      return { fill: tint, stroke: mark, dash: [2, 2], text };
  }
}

interface Box { x: number; y: number; width: number; height: number }

/** The part of a box inside the plot, or nothing. */
function clipped(box: Box, plot: Box): Box | null {
  const x = Math.max(box.x, plot.x);
  const right = Math.min(box.x + box.width, plot.x + plot.width);
  return right > x ? { ...box, x, width: right - x } : null;
}

/** Diagonals within a box: what sets grace apart without its colour. */
function hatch(box: Box, color: string) {
  const lines = [];
  for (let x = box.x - box.height; x < box.x + box.width; x += hatchStep) {
    const cutLeft = Math.max(0, box.x - x);
    const cutRight = Math.max(0, x + box.height - (box.x + box.width));
    if (cutLeft + cutRight >= box.height) continue;
    lines.push({
      type: 'line' as const, silent: true,
      shape: { x1: x + cutLeft, y1: box.y + box.height - cutLeft, x2: x + box.height - cutRight, y2: box.y + cutRight },
      style: { stroke: color, lineWidth: 1, opacity: 0.7 },
    });
  }
  return lines;
}

/** Draws one round: its term, its hatched grace tail, and its text where there is room for it. */
export function renderBar(bars: readonly Bar[], tokens: Tokens): CustomSeriesRenderItem {
  return (params, api): CustomSeriesRenderItemReturn => {
    const bar = bars[params.dataIndex];
    const plot = params.coordSys as unknown as Box;
    if (!bar) return null;
    const at = (dimension: number) => Number(api.value(dimension));
    const x = (time: number) => api.coord([time, at(0)])[0] ?? 0;
    const middle = api.coord([at(1), at(0)])[1] ?? 0;
    const place = (from: number, to: number) => clipped(
      { x: x(from), y: middle - barHeight / 2, width: Math.max(2, x(to) - x(from)), height: barHeight }, plot,
    );
    const look = lookOf(bar.status, tokens);
    // The last day itself is in force: a term ends where the next day begins.
    const term = place(at(1), at(2) + dayLength);
    const grace = at(3) > at(2) ? place(at(2) + dayLength, at(3) + dayLength) : null;
    const tail = tokens.lifecycle.IN_GRACE;
    return {
      type: 'group',
      children: [
        ...(grace ? [
          { type: 'rect' as const, shape: grace, style: { fill: tail.tint } },
          ...hatch(grace, tail.mark),
        ] : []),
        ...(term ? [
          {
            type: 'rect' as const, shape: { ...term, r: 4 },
            style: { fill: look.fill as string, stroke: look.stroke, lineWidth: 1.25, lineDash: look.dash },
          },
          ...(look.hatched ? hatch(term, look.stroke).map((line) => ({ ...line, style: { ...line.style, opacity: 0.25 } })) : []),
          ...(term.width >= textFrom ? [{
            type: 'text' as const, silent: true,
            style: {
              text: bar.text, x: term.x + 8, y: middle, width: term.width - 16, overflow: 'truncate' as const, ellipsis: '…',
              fill: look.text, font: `500 12px ${tokens.font}`, verticalAlign: 'middle' as const,
            },
          }] : []),
        ] : []),
      ],
    };
  };
}
