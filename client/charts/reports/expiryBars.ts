import type { RenewalBucketName } from '../../api/generated/graphql';
import type { Format } from '../../ui/format';
import type { Tokens } from '../../ui/tokens';
import { axisLabel, base } from '../common';
import type { ChartOption } from '../types';
import { type ExpiryFigures, figureLines, type Measured, sizeOf, wordsOf } from './expiry';
import { hatch } from './hatch';

/** The part of a `RenewalBucket` the chart reads. */
export interface ExpiryBucket {
  name: RenewalBucketName;
  from?: string | null;
  to?: string | null;
  all: ExpiryFigures;
  atRisk: ExpiryFigures;
}

/** What the bars draw. */
export interface BucketData {
  buckets: readonly ExpiryBucket[];
  words: Record<RenewalBucketName, string>;
  measured: Measured;
  href(bucket: ExpiryBucket): string;
  narrow?: boolean;
}

const rowHeight = 44;

/** Height that gives every bucket its bar and its days. */
export const bucketsHeight = (buckets: number) => Math.max(1, buckets) * rowHeight + 8;

function colorOf(bucket: ExpiryBucket, tokens: Tokens): string {
  return bucket.name === 'IN_GRACE' ? tokens.lifecycle.IN_GRACE.mark : (tokens.series[0] ?? tokens.brand);
}

/** Licences by bucket: all of them hatched, and over it, solid, what nothing continues. */
export function expiryBars(data: BucketData, format: Format, tokens: Tokens): ChartOption {
  const { buckets, measured, words, narrow = false } = data;
  const nameWidth = narrow ? 84 : 168;
  const daysOf = (bucket: ExpiryBucket) => (bucket.from && bucket.to ? format.range(bucket.from, bucket.to) : 'past its end');
  const bar = { type: 'bar' as const, barWidth: 16, barGap: '-100%', emphasis: { itemStyle: { opacity: 0.8 } } };
  return {
    ...base(tokens, buckets.length),
    grid: { left: nameWidth + 12, right: narrow ? 92 : 200, top: 4, bottom: 4, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: 0, show: false },
    yAxis: {
      type: 'category', inverse: true, data: buckets.map(({ name }) => words[name]), axisLine: { show: false }, axisTick: { show: false },
      axisLabel: {
        ...axisLabel(tokens), color: tokens.text, interval: 0, align: 'left', margin: nameWidth + 8, lineHeight: 16,
        formatter: (name: string, row: number) => {
          const bucket = buckets[row];
          return narrow || !bucket ? name : `${name}\n{days|${daysOf(bucket)}}`;
        },
        rich: { days: { color: tokens.text3, fontSize: 11, lineHeight: 14 } },
      },
    },
    series: [
      {
        ...bar, z: 2,
        data: buckets.map((bucket) => {
          const color = colorOf(bucket, tokens);
          const some = sizeOf(bucket.all, measured) > 0;
          const risk = wordsOf(bucket.atRisk, measured, format, true);
          return {
            value: sizeOf(bucket.all, measured),
            mark: {
              title: words[bucket.name],
              lines: [...figureLines(bucket.all, format), ['At risk', wordsOf(bucket.atRisk, measured, format)] as const].slice(0, 4),
              href: data.href(bucket), action: 'Click shows the rows',
            },
            itemStyle: { color: tokens.surface, borderColor: color, borderWidth: some ? 1 : 0, borderRadius: [0, 3, 3, 0], decal: hatch(color) },
            label: {
              show: true, position: 'right' as const, fontSize: 12,
              formatter: some ? `{all|${wordsOf(bucket.all, measured, format, true)}}${narrow ? '' : `{risk|${risk} at risk}`}` : `{risk|${measured.measure === 'arr' ? wordsOf(bucket.all, measured, format, true) : 'none'}}`,
              rich: { all: { color: tokens.text, fontSize: 12, fontWeight: 600 }, risk: { color: tokens.text3, fontSize: 12, padding: [0, 0, 0, some ? 8 : 0] } },
            },
          };
        }),
      },
      {
        ...bar, z: 3, silent: true,
        data: buckets.map((bucket) => ({ value: sizeOf(bucket.atRisk, measured), itemStyle: { color: colorOf(bucket, tokens), borderRadius: [0, 3, 3, 0] } })),
      },
    ],
  };
}
