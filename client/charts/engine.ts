import { init, use, type EChartsType } from 'echarts/core';
import { BarChart, CustomChart, ScatterChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

use([
  BarChart, CustomChart, ScatterChart,
  DataZoomComponent, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer,
]);

/** Starts an ECharts instance. This module is loaded when the first chart comes into view, never before. */
export function start(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: 'canvas' });
}
