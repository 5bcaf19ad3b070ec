import { init, use, type EChartsType } from 'echarts/core';
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

use([
  BarChart, CustomChart, LineChart, ScatterChart,
  DataZoomComponent, GridComponent, MarkLineComponent, TooltipComponent, LabelLayout, CanvasRenderer,
]);

/** Starts an ECharts instance. This module is loaded when the first chart comes into view, never before. */
export function start(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: 'canvas' });
}
