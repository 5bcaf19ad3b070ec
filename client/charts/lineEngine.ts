import { LineChart } from 'echarts/charts';
import { use } from 'echarts/core';

// Lines are on detail pages alone: the first load of the overview goes without them.
use([LineChart]);
