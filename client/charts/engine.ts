import { BarChart, CustomChart, ScatterChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// What the first view of the overview draws with; `parts.ts` names what others load on top.
use([BarChart, CustomChart, ScatterChart, GridComponent, TooltipComponent, CanvasRenderer]);

/** Starts an ECharts instance. This module is loaded when the first chart comes into view, never before. */
export function start(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: 'canvas' });
}
