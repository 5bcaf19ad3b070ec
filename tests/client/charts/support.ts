import { createFormat } from '../../../client/ui/format';
import type { Meaning, Tokens } from '../../../client/ui/tokens';

export const format = createFormat('en-GB');

const meaning = (name: string): Meaning => ({ mark: `${name}-mark`, tint: `${name}-tint`, text: `${name}-text` });

/** Tokens whose values are their own names, so that a test reads which one was used. */
export const tokens: Tokens = {
  scheme: 'light', canvas: 'canvas', surface: 'surface', sunken: 'sunken', text: 'text', text2: 'text-2', text3: 'text-3',
  line: 'line', control: 'control', brand: 'brand', selection: 'selection', font: 'font',
  series: ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'], seriesOther: 'other',
  heat: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  bands: { OVER: meaning('over'), UNDER: meaning('under'), WELL: meaning('well'), UNLICENSED: meaning('unlicensed') },
  lifecycle: {
    ACTIVE: meaning('well'), PERPETUAL: meaning('perpetual'), EXPIRES_TODAY: meaning('over'), IN_GRACE: meaning('under'),
    SCHEDULED: meaning('scheduled'), EXPIRED: meaning('expired'), INVALID: meaning('over'),
  },
};

interface SeriesPart {
  type?: string;
  name?: string;
  symbol?: string;
  data?: unknown[];
}

/** The series of an option, as plain data. */
export function seriesOf(option: { series?: unknown }): SeriesPart[] {
  return option.series as SeriesPart[];
}
